package io.squadron.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.squadron.collective.Collective;
import io.squadron.collective.InProcess;
import io.squadron.collective.Ranks;
import io.squadron.dataset.BatchSource;
import io.squadron.engine.Batch;
import io.squadron.engine.Engines;
import io.squadron.engine.Images;
import io.squadron.engine.Loss;
import io.squadron.engine.Normalisation;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.model.Architectures;
import io.squadron.model.AuxiliaryHeads;
import io.squadron.model.Freeze;
import io.squadron.model.Initialisation;
import io.squadron.model.Layer;
import io.squadron.model.ModelOptions;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import io.squadron.model.Shape;
import io.squadron.model.Slice;
import io.squadron.model.Weights;
import io.squadron.replica.NormStatistics.Method;
import io.squadron.testing.GoldenFill;
import io.squadron.testing.TinyModels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statistics of the tiny residual network against those of {@link TinyByHand}, in float64. */
class PopulationStatisticsTest {
    private static final int SAMPLES = 11;
    private static final ModelSpec SPEC = TinyModels.residual(5);
    private static final Images.Floats IMAGES = GoldenFill.images(SAMPLES, 3, TinyModels.IMAGE.height(), 5);

    /** The engines compute in float32: 24 bits, and sums of some hundred terms. */
    private static final double FLOAT = 2e-5;

    @ParameterizedTest
    @CsvSource({"dl4j, 4", "dl4j, 11", "onednn, 4", "onednn, 11"})
    void preciseOnesAreTheMixtureOfTheBatches(String engine, int batch) {
        TinyByHand expected = new TinyByHand(weights());
        batches(batch).forEach(images -> expected.addBatch(images.values(), images.count()));

        assertClose(measured(engine, Method.PRECISE, batch, 1, Freeze.none()), expected.mixture(), FLOAT);
    }

    @ParameterizedTest
    @CsvSource({"dl4j, 4", "dl4j, 11", "onednn, 3", "onednn, 11"})
    void exactOnesAreOfTheWholeSetWhateverTheBatch(String engine, int batch) {
        TinyByHand expected = new TinyByHand(weights());
        expected.addBatch(IMAGES.values(), SAMPLES);

        assertClose(measured(engine, Method.EXACT, batch, 1, Freeze.none()), expected.mixture(), FLOAT);
    }

    @ParameterizedTest
    @CsvSource({"dl4j, PRECISE", "dl4j, EXACT", "onednn, PRECISE", "onednn, EXACT"})
    void anyNumberOfRanksFindsTheSame(String engine, Method method) {
        double[][] alone = statistics(measured(engine, method, 3, 1, Freeze.none()));
        for (int ranks : List.of(2, 3, 5)) {
            assertClose(measured(engine, method, 3, ranks, Freeze.none()), alone, 1e-6);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dl4j", "onednn"})
    void frozenBatchNormsAndAllParametersStayAsTheyAre(String engine) {
        Freeze freeze = Freeze.named(SPEC, List.of("conv1", "bn1"));
        for (Method method : List.of(Method.PRECISE, Method.EXACT)) {
            Weights after = measured(engine, method, 4, 1, freeze);
            for (Slice slice : SPEC.layout().slices()) {
                float[] before = Arrays.copyOfRange(weights().values(), slice.offset(), slice.end());
                float[] now = Arrays.copyOfRange(after.values(), slice.offset(), slice.end());
                if (slice.role().learned() || freeze.holds(slice)) {
                    assertThat(now).as("%s after %s", slice.name(), method).isEqualTo(before);
                } else {
                    assertThat(now).as("%s after %s", slice.name(), method).isNotEqualTo(before);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"dl4j, resnet18", "onednn, resnet18", "dl4j, googlenet", "onednn, googlenet"})
    void everyBatchNormIsHeardOnceInAnyArchitecture(String engine, String architecture) {
        ModelOptions options = ModelOptions.of(new Shape(3, 64, 64), 5).with(AuxiliaryHeads.PUBLISHED);
        ModelSpec spec = Architectures.build(architecture, options);
        List<String> heard = new ArrayList<>();
        Weights weights = GoldenFill.weights(spec, 1);
        float[] before = weights.values().clone();
        try (Session session = Engines.named(engine).open(spec, weights, SessionOptions.plain())) {
            session.observe(GoldenFill.images(2, 3, 64, 1), (node, moments) -> {
                heard.add(node);
                return moments;
            });
        }
        assertThat(heard)
                .as("batch norms that were heard")
                .containsExactlyInAnyOrderElementsOf(spec.nodes().stream()
                        .filter(node -> node.layer() instanceof Layer.BatchNorm)
                        .map(Node::name)
                        .toList());
        assertThat(weights.values()).as("weights after a look").isEqualTo(before);
    }

    private static Weights weights() {
        return GoldenFill.weights(SPEC, 9);
    }

    private static List<Images.Floats> batches(int batch) {
        List<Images.Floats> all = new ArrayList<>();
        for (int first = 0; first < SAMPLES; first += batch) {
            int count = Math.min(batch, SAMPLES - first);
            int size = SPEC.input().elements();
            float[] values = Arrays.copyOfRange(IMAGES.values(), first * size, (first + count) * size);
            all.add(new Images.Floats(values, count, 3, TinyModels.IMAGE.height(), TinyModels.IMAGE.width()));
        }
        return all;
    }

    private static Weights measured(String engine, Method method, int batch, int ranks, Freeze freeze) {
        List<Weights> found = Ranks.run(InProcess.group(ranks, Duration.ofSeconds(60)), collective -> {
            Weights weights = weights();
            List<Images.Floats> all = batches(batch);
            int from = all.size() * collective.rank() / ranks;
            int to = all.size() * (collective.rank() + 1) / ranks;
            measure(engine, method, freeze, weights, all.subList(from, to), collective);
            return weights;
        });
        assertThat(found)
                .as("weights by rank")
                .allSatisfy(
                        each -> assertThat(each.values()).isEqualTo(found.get(0).values()));
        return found.get(0);
    }

    private static void measure(
            String engine,
            Method method,
            Freeze freeze,
            Weights weights,
            List<Images.Floats> mine,
            Collective collective) {
        Network network = new Network(
                SPEC,
                engine,
                freeze,
                Normalisation.unit(3),
                new InitialWeights(Initialisation.HE_NORMAL_FAN_OUT, 1, InitialWeights.ResidualStart.ONE),
                Loss.plain());
        SessionOptions options = SessionOptions.plain().withFreeze(freeze);
        try (Session session = Engines.named(engine).open(SPEC, weights, options)) {
            PopulationStatistics statistics =
                    PopulationStatistics.of(session, network.spec(), network.freeze(), collective);
            if (method == Method.EXACT) {
                statistics.exact(() -> new Listed(mine.iterator()), mine.size());
            } else {
                statistics.precise(() -> new Listed(mine.iterator()), mine.size());
            }
        }
    }

    private record Listed(Iterator<Images.Floats> images) implements BatchSource {
        @Override
        public Batch take() {
            Images.Floats next = images.next();
            return new Batch(next, new int[next.count()]);
        }

        @Override
        public void close() {}
    }

    /** Mean and variance of each batch norm in the order of the network. */
    private static double[][] statistics(Weights weights) {
        return SPEC.layout().slices().stream()
                .filter(slice -> !slice.role().learned())
                .map(slice -> {
                    double[] values = new double[slice.length()];
                    Arrays.setAll(values, i -> weights.values()[slice.offset() + i]);
                    return values;
                })
                .toArray(double[][]::new);
    }

    private static void assertClose(Weights found, double[][] expected, double tolerance) {
        double[][] statistics = statistics(found);
        assertThat(statistics).as("statistics").hasNumberOfRows(expected.length);
        for (int row = 0; row < expected.length; row++) {
            for (int c = 0; c < expected[row].length; c++) {
                assertThat(statistics[row][c])
                        .as("statistic %d (mean and variance by turns), channel %d", row, c)
                        .isCloseTo(expected[row][c], within(tolerance * Math.max(1, Math.abs(expected[row][c]))));
            }
        }
    }
}
