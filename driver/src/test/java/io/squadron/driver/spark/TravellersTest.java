package io.squadron.driver.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.dataset.CacheBudget;
import io.squadron.dataset.ChannelStatistics;
import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.ShardSamples;
import io.squadron.engine.ClassWeights;
import io.squadron.engine.Compute;
import io.squadron.engine.Focal;
import io.squadron.engine.Goal;
import io.squadron.engine.Normalisation;
import io.squadron.evaluation.Tally;
import io.squadron.evaluation.TallyBuilder;
import io.squadron.failure.Failure;
import io.squadron.image.AugMix;
import io.squadron.image.Brightness;
import io.squadron.image.Contrast;
import io.squadron.image.Erasing;
import io.squadron.image.EvaluationTransform;
import io.squadron.image.GaussianBlur;
import io.squadron.image.GaussianNoise;
import io.squadron.image.Grayscale;
import io.squadron.image.HorizontalFlip;
import io.squadron.image.Hue;
import io.squadron.image.JpegCompression;
import io.squadron.image.Look;
import io.squadron.image.PaddedCrop;
import io.squadron.image.Perspective;
import io.squadron.image.RandAugment;
import io.squadron.image.RandomResizedCrop;
import io.squadron.image.Rotation;
import io.squadron.image.SaltAndPepper;
import io.squadron.image.Saturation;
import io.squadron.image.Sharpness;
import io.squadron.image.Shear;
import io.squadron.image.TrainingTransform;
import io.squadron.image.TrivialAugment;
import io.squadron.image.VerticalFlip;
import io.squadron.image.Zoom;
import io.squadron.model.Architectures;
import io.squadron.model.Freeze;
import io.squadron.model.Initialisation;
import io.squadron.model.ModelOptions;
import io.squadron.model.ModelSpec;
import io.squadron.model.Shape;
import io.squadron.optim.Adam;
import io.squadron.optim.AdamW;
import io.squadron.optim.Clipping;
import io.squadron.optim.Decay;
import io.squadron.optim.Optimiser;
import io.squadron.optim.ParameterGroups;
import io.squadron.optim.Sgd;
import io.squadron.replica.Examination;
import io.squadron.replica.Feeding;
import io.squadron.replica.InitialWeights;
import io.squadron.replica.Learning;
import io.squadron.replica.Network;
import io.squadron.replica.Origin;
import io.squadron.replica.Placement;
import io.squadron.replica.RankOutcome;
import io.squadron.replica.RankReport;
import io.squadron.replica.RoundTask;
import io.squadron.replica.SavePoint;
import io.squadron.replica.SavedModel;
import io.squadron.replica.SavedPart;
import io.squadron.replica.SavedState;
import io.squadron.replica.StepPlan;
import io.squadron.replica.StepSeries;
import io.squadron.replica.Synchronisation;
import io.squadron.replica.Timing;
import io.squadron.replica.TrainingJob;
import io.squadron.storage.Storage;
import io.squadron.storage.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.reflect.ClassTag$;

/** What goes to executors and comes back arrives as it left, and no class of it is unknown to Kryo. */
class TravellersTest {
    private static final Storage STORAGE = Storage.of(Map.of("fs.defaultFS", "file:///"));

    private final SerializerInstance kryo = new KryoSerializer(new SparkConf(false)
                    .set("spark.kryo.registrator", SquadronKryo.class.getName())
                    .set("spark.kryo.registrationRequired", "true"))
            .newInstance();

    @ParameterizedTest
    @MethodSource("travellers")
    void arrivesByKryoAsItLeft(Object traveller) {
        assertSame(throughKryo(traveller), traveller);
    }

    static List<Object> travellers() {
        return List.of(
                job(new Sgd(0.9, Sgd.Form.NESTEROV)),
                job(AdamW.standard()),
                job(new Adam(0.9, 0.999, 1e-8)),
                new RankOutcome.Done(1, report()),
                new RankOutcome.Failed(1, new RankOutcome.Cause(Failure.Kind.DATA, "Cannot read x", "")),
                new RankOutcome.StateLost(1),
                new RankOutcome[] {new RankOutcome.StateLost(0), new RankOutcome.Done(1, report())},
                tally(),
                new Tally[] {tally(), Tally.empty(3, 5, 2)});
    }

    @Test
    void aStrangerIsRefused() {
        assertThatThrownBy(() -> throughKryo(new StoredFile("file:x", "x", 1, 0)))
                .hasStackTraceContaining("Class is not registered: " + StoredFile.class.getName());
    }

    @Test
    void arrivesByJavaSerializationAsItLeft() throws Exception {
        List<StepPlan> steps = List.of(
                new StepPlan(4, 1, 0, 6, 0.1, StepPlan.Exchange.NOTHING),
                new StepPlan(5, 1, 6, 11, 0.05, StepPlan.Exchange.PARAMETERS));
        SavedState state = new SavedState("file:run/checkpoints/step-4", 4, 4, List.of(new SavedPart("a", 9, "00")));
        Examination examination = new Examination(new int[] {3, 1, 2}, 4, 5, 3);
        for (RoundTask task : List.of(
                new RoundTask(2, 4, steps, new Origin.Saved(state), examination, new SavePoint.Into("file:there")),
                new RoundTask(0, 0, List.of(), new Origin.Fresh(), examination.ofNothing(), new SavePoint.Skip()))) {
            assertSame(throughJava(task), task);
        }

        TrainingJob job = job(AdamW.standard());
        SparkEvaluation evaluation = new SparkEvaluation(
                new SavedModel(job.network(), state, "average", STORAGE),
                job.feeding().samples(),
                Look.of(new EvaluationTransform(40, 32), Look.Choice.TEN),
                2);
        assertSame(throughJava(evaluation), evaluation);
    }

    /** A job as train makes it, with each kind of augmentation. */
    private static TrainingJob job(Optimiser optimiser) {
        ModelSpec spec =
                Architectures.build("resnet18", new ModelOptions(new Shape(3, 32, 32), 3, ModelOptions.Stem.SMALL));
        Freeze freeze = Freeze.below(spec, 2);
        Network network = new Network(
                spec,
                "dl4j",
                freeze,
                new Normalisation(List.of(0.5f, 0.4f, 0.3f), List.of(0.25f, 0.2f, 0.1f)),
                new InitialWeights(Initialisation.XAVIER_NORMAL, 3, InitialWeights.ResidualStart.ZERO),
                new Focal(new Goal(0.1f, ClassWeights.balanced(new int[] {3, 1})), 2));
        Learning learning = new Learning(
                optimiser, ParameterGroups.of(spec.layout(), freeze, 1e-4, Decay.WEIGHTS_ONLY), new Clipping(5), 0.99);
        Synchronisation sync = new Synchronisation(
                2, Synchronisation.OptimiserSlots.KEPT, Synchronisation.BatchNormMode.AVERAGED, Duration.ofSeconds(60));
        TrainingTransform training = new TrainingTransform(
                List.of(
                        new RandomResizedCrop(0.3, 1, 0.75, 1.25),
                        new PaddedCrop(4),
                        new HorizontalFlip(0.5),
                        new VerticalFlip(0.5),
                        new Rotation(10),
                        new Zoom(1, 1.1),
                        new Brightness(0.1),
                        new Contrast(0.1),
                        new Saturation(0.1),
                        new Shear(5),
                        new Perspective(0.2),
                        new RandAugment(2, 9),
                        new TrivialAugment(),
                        new AugMix(3),
                        new Hue(0.1),
                        new Grayscale(0.1),
                        new Sharpness(0.1),
                        new GaussianBlur(0.1, 0.1, 2),
                        new GaussianNoise(2),
                        new SaltAndPepper(0.01),
                        new JpegCompression(0.1, 40, 95),
                        new Erasing(0.1, 0.02, 0.33, 0.3, 3.3)),
                32);
        Feeding feeding = new Feeding(
                new ShardSamples(STORAGE, index(), 11, new CacheBudget(1 << 20, 7)),
                training,
                new EvaluationTransform(32, 32),
                11,
                2);
        return new TrainingJob("file:run", network, learning, sync, feeding, new Placement(Compute.plain(), STORAGE));
    }

    private static DatasetIndex index() {
        return new DatasetIndex(
                "file:dataset",
                "00ff",
                List.of("a", "b", "c"),
                new ChannelStatistics(9, List.of(0.5, 0.5, 0.5), List.of(0.25, 0.25, 0.25)),
                List.of("shards/train-00000.tar"),
                new long[] {Long.MIN_VALUE, 5},
                new int[] {0, 2},
                new byte[] {0, 1},
                new int[] {0, 0},
                new long[] {512, 1L << 40},
                new int[] {100, 200});
    }

    private static RankReport report() {
        StepSeries series = new StepSeries(new double[] {2.5, Double.NaN}, new int[] {1, 0}, new int[] {3, 0});
        return new RankReport(
                1,
                0xCAFE_0000_BEEFL,
                7,
                series,
                new Timing(1, 2, 3, 4, 5),
                tally(),
                tally(),
                new SavedPart("p", 10, "ab"),
                "executor 1");
    }

    private static Tally tally() {
        TallyBuilder tally = new TallyBuilder(3, 5, 2);
        tally.add(10, 0, 1, new float[] {3, 1, 2}, 0);
        tally.add(11, 1, 2, new float[] {1, 5, 2}, 0);
        tally.add(12, 2, 0, new float[] {4, 1, 2}, 0);
        Tally built = tally.build();
        assertThat(built.mistakes()).as("mistakes of the example").hasSize(2);
        return built;
    }

    /** Equal in every field, numbers by their bits, arrays by content. */
    private static void assertSame(Object arrived, Object left) {
        assertThat(arrived)
                .as("what arrived")
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .withComparatorForType(Double::compare, Double.class)
                .withComparatorForType(Float::compare, Float.class)
                .isEqualTo(left);
    }

    private Object throughKryo(Object traveller) {
        ByteBuffer bytes = kryo.serialize(traveller, ClassTag$.MODULE$.Object());
        return kryo.deserialize(bytes, ClassTag$.MODULE$.Object());
    }

    private static Object throughJava(Object traveller) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(traveller);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
