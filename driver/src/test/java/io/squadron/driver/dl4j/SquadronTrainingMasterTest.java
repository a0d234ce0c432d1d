package io.squadron.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.squadron.failure.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/** The peer's own kind of test: what comes out equals what a single machine makes of the same examples. */
class SquadronTrainingMasterTest {
    /** Sums of float32 in another order, some steps deep. */
    private static final double ROUNDING = 1e-5;

    /** What differs by more than this is another result. */
    private static final double ELSEWHERE = 1e-3;

    private static final String CENTRE = "norm of vectors_mean";
    private static final String SPREAD = "norm of vectors_var";

    private static TestSpark spark;

    @BeforeAll
    static void start() {
        spark = new TestSpark();
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    @Test
    void oneWorkerIsTheSingleMachineBitForBit() {
        IUpdater updater = new Adam(new StepSchedule(ScheduleType.ITERATION, 0.05, 0.5, 3));
        List<DataSet> batches = Nets.vectorBatches(4, 8);
        ComputationGraph alone = Nets.alone(Nets.dense(updater), 2, batches);
        ComputationGraph trained = spark.fit(
                Nets.dense(updater), TestSpark.ours(1, 8).averagingFrequency(3).build(), 2, List.of(batches));
        assertThat(trained.params().toFloatVector()).isEqualTo(alone.params().toFloatVector());
        assertThat(trained.getIterationCount()).isEqualTo(8);
        assertThat(trained.getEpochCount()).isEqualTo(2);
        assertThat(trained.score()).isCloseTo(alone.score(), within(1e-6));
    }

    static Stream<Arguments> updaters() {
        return Stream.of(
                Arguments.of(new Sgd(0.3), 2),
                Arguments.of(new Nesterovs(0.1, 0.9), 3),
                Arguments.of(new Adam(0.02), 2));
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void workersAreOneMachineWithTheWholeBatch(IUpdater updater, int workers) {
        int size = 6;
        List<List<DataSet>> parts = dealt(Nets.vectorBatches(4 * workers, size), workers);
        ComputationGraph alone = Nets.alone(Nets.dense(updater), 2, Nets.vectorBatches(4, workers * size));
        ComputationGraph trained =
                spark.fit(Nets.dense(updater), TestSpark.ours(workers, size).build(), 2, parts);
        assertThat(apart(trained, alone)).isLessThan(ROUNDING);
        assertThat(trained.getIterationCount()).isEqualTo(8);
    }

    @Test
    void dataAreDealtOutInTheirOrder() {
        IUpdater updater = new Sgd(0.3);
        List<List<DataSet>> four =
                Nets.vectorBatches(4, 12).stream().map(each -> each.asList()).toList();
        ComputationGraph alone = Nets.alone(Nets.dense(updater), 1, Nets.vectorBatches(4, 12));
        ComputationGraph trained = spark.fit(
                Nets.dense(updater),
                TestSpark.ours(2, 1)
                        .batchSizePerWorker(6)
                        .repartionData(Repartition.Always)
                        .build(),
                1,
                four);
        assertThat(apart(trained, alone)).isLessThan(ROUNDING);
    }

    @Test
    void unevenPartsCountByTheirExamples() {
        IUpdater updater = new Sgd(0.5);
        List<List<DataSet>> parts = List.of(List.of(Nets.vectors(0, 9)), List.of(Nets.vectors(9, 1)));
        ComputationGraph alone = Nets.alone(Nets.dense(updater), 1, List.of(Nets.vectors(0, 10)));
        assertThat(apart(spark.fit(Nets.dense(updater), TestSpark.ours(2, 9).build(), 1, parts), alone))
                .isLessThan(ROUNDING);
        ComputationGraph stock = spark.fit(Nets.dense(updater), TestSpark.stock(2, 9), 1, parts);
        assertThat(apart(stock, alone)).isGreaterThan(ELSEWHERE);
    }

    @Test
    void parametersMadeApartAreAveragedByTheirExamples() {
        IUpdater updater = new Nesterovs(0.1, 0.9);
        List<DataSet> first = List.of(Nets.vectors(0, 6), Nets.vectors(6, 6));
        List<DataSet> second = List.of(Nets.vectors(12, 6));
        ComputationGraph one = Nets.alone(Nets.dense(updater), 1, first);
        ComputationGraph two = Nets.alone(Nets.dense(updater), 1, second);
        ComputationGraph trained = spark.fit(
                Nets.dense(updater), TestSpark.ours(2, 6).averagingFrequency(2).build(), 1, List.of(first, second));
        assertThat(distance(trained.params(), mean(one.params(), two.params()))).isLessThan(ROUNDING);
        assertThat(distance(state(trained), mean(state(one), state(two)))).isLessThan(ROUNDING);
        assertThat(trained.getIterationCount()).isEqualTo(2);
    }

    /** Of 12 and 6 examples. */
    private static INDArray mean(INDArray first, INDArray second) {
        return first.mul(2).add(second).div(3);
    }

    private static INDArray state(ComputationGraph graph) {
        return graph.getUpdater().getStateViewArray();
    }

    @Test
    void schedulesAdvanceAsOnOneMachine() {
        IUpdater updater = new Sgd(new StepSchedule(ScheduleType.EPOCH, 0.3, 0.1, 1));
        List<DataSet> batches = Nets.vectorBatches(2, 8);
        ComputationGraph alone = Nets.alone(Nets.dense(updater), 3, batches);
        ComputationGraph trained =
                spark.fit(Nets.dense(updater), TestSpark.ours(1, 8).build(), 3, List.of(batches));
        assertThat(trained.params().toFloatVector()).isEqualTo(alone.params().toFloatVector());
        assertThat(trained.getLearningRate("hidden")).isEqualTo(alone.getLearningRate("hidden"));
        ComputationGraph stock = spark.fit(Nets.dense(updater), TestSpark.stock(1, 8), 3, List.of(batches));
        assertThat(apart(stock, alone)).isGreaterThan(ELSEWHERE);
    }

    @Test
    void batchNormsLookAtTheGlobalBatch() {
        IUpdater updater = new Nesterovs(0.1, 0.9);
        List<List<DataSet>> parts = IntStream.range(0, 2)
                .mapToObj(rank -> IntStream.range(0, 3)
                        .mapToObj(step -> Nets.pictures(8 * step + 4 * rank, 4))
                        .toList())
                .toList();
        List<DataSet> whole = IntStream.range(0, 3)
                .mapToObj(step -> Nets.pictures(8 * step, 8))
                .toList();
        ComputationGraph alone = Nets.alone(Nets.normed(updater), 1, whole);
        ComputationGraph trained =
                spark.fit(Nets.normed(updater), TestSpark.ours(2, 4).build(), 1, parts);
        for (String statistic :
                List.of("norm of pictures_mean", "norm of pictures_log10stdev", "norm of vectors_mean")) {
            assertThat(distance(trained.getParam(statistic), alone.getParam(statistic)))
                    .as(statistic)
                    .isLessThan(ROUNDING);
        }
        assertThat(apart(trained, alone)).isLessThan(ROUNDING);
        ComputationGraph stock = spark.fit(Nets.normed(updater), TestSpark.stock(2, 4), 1, parts);
        assertThat(distance(stock.getParam("norm of vectors_var"), alone.getParam("norm of vectors_var")))
                .isGreaterThan(ELSEWHERE);
        assertThat(apart(stock, alone)).isGreaterThan(ELSEWHERE);
    }

    @Test
    void batchNormsWithChannelsLastDoSoToo() {
        IUpdater updater = new Sgd(0.1);
        DataSet first = Nets.channelsLast(Nets.pictures(0, 4));
        DataSet second = Nets.channelsLast(Nets.pictures(4, 3));
        ComputationGraph alone =
                Nets.alone(Nets.channelsLast(updater), 1, List.of(DataSet.merge(List.of(first, second))));
        ComputationGraph trained = spark.fit(
                Nets.channelsLast(updater), TestSpark.ours(2, 4).build(), 1, List.of(List.of(first), List.of(second)));
        assertThat(apart(trained, alone)).isLessThan(ROUNDING);
    }

    @Test
    void batchNormsOnTheirOwnAreMergedWhereParametersAreAveraged() {
        IUpdater updater = new Sgd(0.1);
        List<DataSet> first = List.of(Nets.pictures(0, 4), Nets.pictures(4, 4));
        List<DataSet> second = List.of(Nets.pictures(8, 4));
        ComputationGraph one = Nets.alone(Nets.normed(updater), 1, first);
        ComputationGraph two = Nets.alone(Nets.normed(updater), 1, second);
        ComputationGraph trained = spark.fit(
                Nets.normed(updater),
                TestSpark.ours(2, 4).averagingFrequency(2).norms(Norms.OWN).build(),
                1,
                List.of(first, second));
        assertThat(distance(trained.getParam("conv_W"), mean(one.getParam("conv_W"), two.getParam("conv_W"))))
                .isLessThan(ROUNDING);
        INDArray centre = mean(one.getParam(CENTRE), two.getParam(CENTRE));
        INDArray spread = mean(second(one, centre), second(two, centre));
        assertThat(distance(trained.getParam(CENTRE), centre)).isLessThan(ROUNDING);
        assertThat(distance(trained.getParam(SPREAD), spread)).isLessThan(ROUNDING);
    }

    /** The mean square around {@code centre}. */
    private static INDArray second(ComputationGraph graph, INDArray centre) {
        INDArray apart = graph.getParam(CENTRE).sub(centre);
        return graph.getParam(SPREAD).add(apart.mul(apart));
    }

    @Test
    void filesOfExamplesAreTrainedOn(@TempDir Path folder) {
        List<DataSet> batches = Nets.vectorBatches(3, 6);
        List<String> paths = new ArrayList<>();
        for (DataSet batch : batches) {
            Path file = folder.resolve("examples-" + paths.size() + ".bin");
            batch.save(file.toFile());
            paths.add(file.toUri().toString());
        }
        ComputationGraph alone = Nets.alone(Nets.dense(new Sgd(0.1)), 1, batches);
        SparkComputationGraph program = new SparkComputationGraph(
                spark.context(), Nets.dense(new Sgd(0.1)), TestSpark.ours(1, 6).build());
        ComputationGraph trained = program.fitPaths(spark.context().parallelize(paths, 1));
        assertThat(trained.params().toFloatVector()).isEqualTo(alone.params().toFloatVector());
    }

    @Test
    void brokenNumbersAreNamedAndNotTriedAgain() {
        DataSet broken = Nets.vectors(4, 4);
        broken.getFeatures().putScalar(0, 0, Double.NaN);
        assertThatThrownBy(() -> spark.fit(
                        Nets.dense(new Sgd(0.1)),
                        TestSpark.ours(2, 4).build(),
                        1,
                        List.of(List.of(Nets.vectors(0, 4)), List.of(broken))))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("Cannot go on at iteration 0: the gradient of worker 1 has NaN");
    }

    @Test
    void aWorkerWithoutDataStaysAndCountsNothing() {
        IUpdater updater = new Adam(0.02);
        List<DataSet> most = List.of(Nets.pictures(0, 5), Nets.pictures(5, 5));
        List<List<DataSet>> parts = List.of(most, List.of(), List.of(Nets.pictures(10, 3)));
        DataSet both = DataSet.merge(List.of(Nets.pictures(0, 5), Nets.pictures(10, 3)));
        ComputationGraph alone = Nets.alone(Nets.normed(updater), 1, List.of(both, Nets.pictures(5, 5)));
        ComputationGraph trained =
                spark.fit(Nets.normed(updater), TestSpark.ours(3, 5).build(), 1, parts);
        assertThat(apart(trained, alone)).isLessThan(ROUNDING);
    }

    @Test
    void noDataLeaveTheNetworkAsItIs() {
        ComputationGraph before = Nets.dense(new Sgd(0.1));
        ComputationGraph after =
                spark.fit(Nets.dense(new Sgd(0.1)), TestSpark.ours(2, 4).build(), 1, List.of(List.of(), List.of()));
        assertThat(after.params().toFloatVector()).isEqualTo(before.params().toFloatVector());
    }

    @Test
    void severalRoundsAndARoundTriedAgainGiveTheSameBits() {
        IUpdater updater = new Adam(0.02);
        List<List<DataSet>> parts = dealt(Nets.vectorBatches(7, 6), 2);
        ComputationGraph quiet = spark.fit(
                Nets.dense(updater), TestSpark.ours(2, 6).averagingFrequency(2).build(), 1, parts);
        FailingOnce.CALLS.set(0);
        ComputationGraph disturbed = spark.fit(
                Nets.dense(updater),
                TestSpark.ours(2, 6)
                        .averagingFrequency(2)
                        .averagingsPerRound(1)
                        .trainingHooks(new FailingOnce())
                        .build(),
                1,
                parts);
        assertThat(FailingOnce.CALLS.get()).isGreaterThan(7);
        assertThat(disturbed.params().toFloatVector()).isEqualTo(quiet.params().toFloatVector());
        assertThat(disturbed.getIterationCount()).isEqualTo(4);
    }

    /** Breaks a worker at the fifth minibatch. */
    private static final class FailingOnce implements TrainingHook {
        private static final long serialVersionUID = 1L;
        private static final AtomicInteger CALLS = new AtomicInteger();

        @Override
        public void preUpdate(MultiDataSet batch, Model model) {
            if (CALLS.incrementAndGet() == 5) {
                throw new IllegalStateException("broken for the test");
            }
        }

        @Override
        public void postUpdate(MultiDataSet batch, Model model) {}

        @Override
        public void preUpdate(org.nd4j.linalg.dataset.api.DataSet batch, Model model) {}

        @Override
        public void postUpdate(org.nd4j.linalg.dataset.api.DataSet batch, Model model) {}
    }

    @Test
    void listsOfLayersAreTrainedToo() {
        IUpdater updater = new Nesterovs(0.1, 0.9);
        MultiLayerNetwork alone = Nets.layers(updater);
        Nets.vectorBatches(3, 12).forEach(alone::fit);
        SparkDl4jMultiLayer program = new SparkDl4jMultiLayer(
                spark.context(), Nets.layers(updater), TestSpark.ours(2, 6).build());
        List<DataSet> flat = new ArrayList<>();
        dealt(Nets.vectorBatches(6, 6), 2).forEach(flat::addAll);
        MultiLayerNetwork trained = program.fit(spark.context().parallelize(flat, 2));
        assertThat(distance(trained.params(), alone.params())).isLessThan(ROUNDING);
        assertThat(trained.getIterationCount()).isEqualTo(3);
    }

    @Test
    void moreWorkersThanSlotsAreRefused() {
        assertThatThrownBy(() -> spark.fit(
                        Nets.dense(new Sgd(0.1)),
                        TestSpark.ours(4, 4).repartionData(Repartition.Always).build(),
                        1,
                        List.of(List.of(Nets.vectors(0, 4)))))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("local[3,2] has 3 slots");
    }

    /** Batch i to part i modulo {@code workers}. */
    private static List<List<DataSet>> dealt(List<DataSet> batches, int workers) {
        List<List<DataSet>> parts = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            List<DataSet> part = new ArrayList<>();
            for (int i = worker; i < batches.size(); i += workers) {
                part.add(batches.get(i));
            }
            parts.add(part);
        }
        return parts;
    }

    private static double apart(ComputationGraph one, ComputationGraph other) {
        return distance(one.params(), other.params());
    }

    /** The largest difference. */
    private static double distance(INDArray one, INDArray other) {
        return one.sub(other).amaxNumber().doubleValue();
    }
}
