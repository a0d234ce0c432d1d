package io.squadron.driver.training;

import io.squadron.dataset.Split;
import io.squadron.driver.checkpoint.Checkpoint;
import io.squadron.driver.checkpoint.CheckpointStore;
import io.squadron.driver.checkpoint.RunCheckpoints;
import io.squadron.driver.schedule.Averaging;
import io.squadron.driver.schedule.Cadence;
import io.squadron.driver.schedule.Cosine;
import io.squadron.driver.schedule.Extent;
import io.squadron.driver.schedule.PlanSettings;
import io.squadron.driver.schedule.Planner;
import io.squadron.driver.schedule.Span;
import io.squadron.engine.Compute;
import io.squadron.engine.Loss;
import io.squadron.engine.Normalisation;
import io.squadron.exchange.ModelFacts;
import io.squadron.image.EvaluationTransform;
import io.squadron.image.HorizontalFlip;
import io.squadron.image.Interpolation;
import io.squadron.image.TrainingTransform;
import io.squadron.model.AuxiliaryHeads;
import io.squadron.model.Freeze;
import io.squadron.model.Head;
import io.squadron.model.Initialisation;
import io.squadron.model.ModelOptions;
import io.squadron.model.ModelSpec;
import io.squadron.model.Variation;
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
import io.squadron.replica.SavedState;
import io.squadron.replica.Synchronisation;
import io.squadron.replica.TrainingJob;
import io.squadron.storage.Storage;
import io.squadron.testing.MemorySamples;
import io.squadron.testing.TinyModels;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A small but whole training for tests: a tiny residual network on pictures made in memory. */
public record TrainingRig(
        String run,
        Storage storage,
        int replicas,
        MemorySamples samples,
        int globalBatch,
        int epochs,
        Averaging averaging,
        Synchronisation.BatchNormMode batchNorm,
        Optimiser optimiser,
        double weightAverage,
        String engine) {
    private static final int SIZE = TinyModels.IMAGE.height();

    /** {@code training} samples in batches of {@code globalBatch}: exact batch norm, gradients summed in each step. */
    public static TrainingRig exact(String run, int replicas, int training, int globalBatch, int epochs) {
        return new TrainingRig(
                run,
                Storage.of(Map.of()),
                replicas,
                new MemorySamples(training, 7, 3, SIZE, 5),
                globalBatch,
                epochs,
                Averaging.every(1),
                Synchronisation.BatchNormMode.EXACT,
                new Sgd(0.9, Sgd.Form.NESTEROV),
                0,
                "dl4j");
    }

    /** The same training computed by another engine. */
    public TrainingRig by(String other) {
        return new TrainingRig(
                run,
                storage,
                replicas,
                samples,
                globalBatch,
                epochs,
                averaging,
                batchNorm,
                optimiser,
                weightAverage,
                other);
    }

    public ModelFacts facts() {
        return new ModelFacts(
                "resnet18",
                ModelOptions.Stem.STANDARD,
                AuxiliaryHeads.NONE,
                Head.linear(),
                Variation.none(),
                samples.index().classes(),
                SIZE,
                SIZE,
                Interpolation.BILINEAR,
                new Normalisation(List.of(0.5f, 0.5f, 0.5f), List.of(0.25f, 0.25f, 0.25f)));
    }

    /** Not the network of {@link #facts()}: a tiny one, for the sake of time. */
    public ModelSpec spec() {
        return TinyModels.residual(samples.classes());
    }

    public TrainingJob job() {
        ModelSpec spec = spec();
        Network network = new Network(
                spec,
                engine,
                Freeze.none(),
                facts().normalisation(),
                new InitialWeights(Initialisation.HE_NORMAL_FAN_OUT, 3, InitialWeights.ResidualStart.ONE),
                Loss.smoothed(0.1f));
        Learning learning = new Learning(
                optimiser,
                ParameterGroups.of(spec.layout(), Freeze.none(), 1e-4, Decay.WEIGHTS_ONLY),
                new Clipping(5),
                weightAverage);
        Synchronisation sync = new Synchronisation(
                replicas, Synchronisation.OptimiserSlots.AVERAGED, batchNorm, Duration.ofSeconds(60));
        Feeding feeding = new Feeding(
                samples,
                new TrainingTransform(List.of(new HorizontalFlip(0.5)), SIZE),
                new EvaluationTransform(SIZE, SIZE),
                11,
                1);
        return new TrainingJob(run, network, learning, sync, feeding, new Placement(Compute.plain(), storage));
    }

    public Planner planner() {
        Extent extent = new Extent(samples.training(), globalBatch, epochs);
        return new Planner(new PlanSettings(
                extent,
                new Cosine(0.05, 0.0, extent.totalSteps()),
                averaging,
                new Cadence(Span.steps(2), Span.epochs(1), Span.steps(4))));
    }

    public CheckpointStore store() {
        return new CheckpointStore(storage, run);
    }

    public RunCheckpoints checkpoints() {
        TrainingJob job = job();
        Checkpoint pattern = new Checkpoint(
                new SavedState("", 0, 0, List.of()),
                job.learning().vectorNames(),
                new Checkpoint.Place(0, 0, 0, 11),
                facts(),
                List.of(),
                "test = true",
                samples.index().fingerprint(),
                Map.of(),
                Map.of("made-by", "a test"));
        return new RunCheckpoints(store(), pattern, 3);
    }

    public Examination examination() {
        return new Examination(samples.index().positions(Split.VALIDATION), 4, 5, 3);
    }

    /** A loop over {@code runner} from {@code origin} on. */
    public TrainingLoop loop(RoundRunner runner, Origin origin, TrainingListener... listeners) {
        return loop(runner, new Standing(origin, Map.of()), Ending.ofPlan(), listeners);
    }

    /** A loop that may end before its plan. */
    public TrainingLoop loop(RoundRunner runner, Standing from, Ending ending, TrainingListener... listeners) {
        return new TrainingLoop(
                new TrainingLoop.Parts(
                        planner(), runner, checkpoints(), examination(), Split.VALIDATION, System::nanoTime),
                from,
                ending,
                List.of(listeners));
    }

    public RunSummary summary(long step) {
        return new RunSummary(
                run,
                planner().settings().extent().totalSteps(),
                epochs,
                replicas,
                samples.training(),
                samples.classes(),
                engine,
                "resnet18",
                spec().layout().parameters(),
                step);
    }
}
