package io.squadron.jobs.compose;

import io.squadron.collective.Wire;
import io.squadron.dataset.CacheBudget;
import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.Mixing;
import io.squadron.dataset.Sampling;
import io.squadron.dataset.ShardSamples;
import io.squadron.dataset.Split;
import io.squadron.dataset.TrainingSamples;
import io.squadron.driver.schedule.Averaging;
import io.squadron.driver.schedule.Cadence;
import io.squadron.driver.schedule.Extent;
import io.squadron.driver.schedule.PlanSettings;
import io.squadron.driver.schedule.Planner;
import io.squadron.driver.schedule.Stretch;
import io.squadron.driver.spark.Staffing;
import io.squadron.engine.BinaryCrossEntropy;
import io.squadron.engine.ClassWeights;
import io.squadron.engine.Compute;
import io.squadron.engine.CrossEntropy;
import io.squadron.engine.Engine;
import io.squadron.engine.Engines;
import io.squadron.engine.Focal;
import io.squadron.engine.Goal;
import io.squadron.engine.Loss;
import io.squadron.engine.Normalisation;
import io.squadron.engine.Precision;
import io.squadron.exchange.ModelFacts;
import io.squadron.jobs.config.InputConfig;
import io.squadron.jobs.config.JobConfig;
import io.squadron.jobs.config.ModelConfig;
import io.squadron.jobs.config.OptimiserConfig;
import io.squadron.jobs.config.PhasesConfig;
import io.squadron.jobs.config.SamplingConfig;
import io.squadron.jobs.config.TrainingConfig;
import io.squadron.model.Freeze;
import io.squadron.model.ModelSpec;
import io.squadron.optim.Adam;
import io.squadron.optim.AdamW;
import io.squadron.optim.Clipping;
import io.squadron.optim.Decay;
import io.squadron.optim.Optimiser;
import io.squadron.optim.ParameterGroup;
import io.squadron.optim.ParameterGroups;
import io.squadron.optim.Sgd;
import io.squadron.optim.StageRates;
import io.squadron.replica.Examination;
import io.squadron.replica.Feeding;
import io.squadron.replica.InitialWeights;
import io.squadron.replica.Learning;
import io.squadron.replica.Network;
import io.squadron.replica.NormStatistics;
import io.squadron.replica.Phase;
import io.squadron.replica.Placement;
import io.squadron.replica.Synchronisation;
import io.squadron.replica.TrainingJob;
import io.squadron.storage.Storage;
import java.util.List;
import java.util.Locale;

/**
 * What a configuration means for a dataset: the values that planner, runner and loop are made from.
 *
 * @param index of the dataset that is trained on
 * @param pretraining what the weights start from
 */
record RunSetup(JobConfig config, DatasetIndex index, Storage storage, Pretraining pretraining) {
    private static final Normalisation IMAGENET =
            new Normalisation(List.of(0.485f, 0.456f, 0.406f), List.of(0.229f, 0.224f, 0.225f));

    /** Of a run that begins. */
    static RunSetup beginning(JobConfig config, DatasetIndex index, Storage storage) {
        return new RunSetup(config, index, storage, Pretraining.of(config, index.classes(), storage));
    }

    /** Of weights that are there already, with all that is known of them: the file they once started from may be gone. */
    static RunSetup of(ModelFacts model, JobConfig config, DatasetIndex index, Storage storage) {
        return new RunSetup(config, index, storage, Pretraining.past(model));
    }

    ModelFacts facts() {
        return new ModelFacts(
                config.model().architecture(),
                config.model().stem(),
                config.model().auxiliaryHeads(),
                config.model().finalHead(),
                config.model().variation(),
                index.classes(),
                config.input().resize(),
                config.input().size(),
                config.input().interpolation(),
                normalisation());
    }

    Normalisation normalisation() {
        if (config.input().normalisation() == InputConfig.Normalisation.IMAGENET) {
            return IMAGENET;
        }
        if (config.input().normalisation() == InputConfig.Normalisation.PRETRAINED) {
            return pretraining.normalisation();
        }
        // A channel that never varies is left alone instead of being divided by nothing.
        return new Normalisation(
                index.statistics().mean().stream().map(Double::floatValue).toList(),
                index.statistics().deviation().stream()
                        .map(deviation -> deviation > 0 ? deviation.floatValue() : 1f)
                        .toList());
    }

    /** The engine that computes: for auto the best that loads here, and then the same in every replica. */
    Engine engine() {
        TrainingConfig.Engine wanted = config.training().engine();
        return Engines.named(wanted.name().toLowerCase(Locale.ROOT));
    }

    Freeze freeze(ModelSpec spec) {
        return Freeze.below(spec, config.model().freezeDepth())
                .and(Freeze.named(spec, config.model().freeze()));
    }

    TrainingJob job() {
        ModelSpec spec = facts().spec();
        Engine engine = engine();
        Network network = new Network(
                spec,
                engine.name(),
                normsOf(spec, freeze(spec)),
                normalisation(),
                new InitialWeights(
                        config.model().initialisation(), config.seed(), residualStart(), pretraining.start()),
                loss());
        return new TrainingJob(
                config.run(), network, learning(spec), synchronisation(), feeding(), placement(engine), phases(spec));
    }

    /** What is frozen anyway stays so in every phase. */
    private List<Phase> phases(ModelSpec spec) {
        Freeze always = freeze(spec);
        List<Phase> phases = stretches().stream()
                .map(stretch -> {
                    spec.withSize(stretch.size());
                    Freeze freeze = always.and(Freeze.below(spec, stretch.frozenStages()));
                    return new Phase(
                            stretch.from(),
                            stretch.size(),
                            normsOf(spec, freeze),
                            ParameterGroup.timesRate(groups(spec, freeze), stretch.rate()),
                            Transforms.training(config.augment(), config.input(), stretch.size()));
                })
                .toList();
        return config.phases().features() == PhasesConfig.Features.CACHED
                ? new CachedBody(config, index, storage).of(spec, phases)
                : phases;
    }

    /** The stretches that the run has, in their order. */
    List<Stretch> stretches() {
        int stages = Freeze.stages(facts().spec()).size();
        return config.phases().curriculum().over(extent(), config.input().size(), stages);
    }

    private Loss loss() {
        TrainingConfig training = config.training();
        Goal goal = new Goal((float) training.labelSmoothing(), classWeights());
        return switch (training.loss()) {
            case CROSS_ENTROPY -> new CrossEntropy(goal);
            case FOCAL -> new Focal(goal, training.focalGamma());
            case BINARY -> new BinaryCrossEntropy(goal);
        };
    }

    private ClassWeights classWeights() {
        return switch (config.training().classWeights()) {
            case NONE -> ClassWeights.none();
            case BALANCED -> ClassWeights.balanced(index.counts(Split.TRAIN));
            case EFFECTIVE ->
                ClassWeights.effective(
                        index.counts(Split.TRAIN), config.training().classWeightsBeta());
        };
    }

    private InitialWeights.ResidualStart residualStart() {
        return config.model().zeroInitLastNorm() ? InitialWeights.ResidualStart.ZERO : InitialWeights.ResidualStart.ONE;
    }

    private Learning learning(ModelSpec spec) {
        OptimiserConfig optimiser = config.optimiser();
        return new Learning(
                optimiser(optimiser),
                groups(spec, freeze(spec)),
                optimiser.clipNorm() > 0 ? new Clipping(optimiser.clipNorm()) : Clipping.none(),
                optimiser.weightAverage());
    }

    /** What the engine takes for frozen: batch norms of a frozen body only where they are to keep their statistics. */
    private Freeze normsOf(ModelSpec spec, Freeze freeze) {
        return config.model().frozenNorms() == ModelConfig.FrozenNorms.EVALUATION ? freeze : freeze.withoutNorms(spec);
    }

    private List<ParameterGroup> groups(ModelSpec spec, Freeze frozen) {
        Freeze freeze =
                config.model().frozenNorms() == ModelConfig.FrozenNorms.TRAINED ? normsOf(spec, frozen) : frozen;
        OptimiserConfig optimiser = config.optimiser();
        Decay decay = optimiser.decayNormsAndBiases() ? Decay.EVERYTHING : Decay.WEIGHTS_ONLY;
        StageRates rates = StageRates.of(spec, optimiser.layerDecay(), optimiser.headFactor());
        return ParameterGroups.of(spec.layout(), freeze, optimiser.weightDecay(), decay, rates);
    }

    Optimiser optimiser() {
        return optimiser(config.optimiser());
    }

    private static Optimiser optimiser(OptimiserConfig config) {
        return switch (config.name()) {
            case SGD -> new Sgd(config.momentum(), config.nesterov() ? Sgd.Form.NESTEROV : Sgd.Form.HEAVY_BALL);
            case ADAM -> new Adam(config.beta1(), config.beta2(), config.epsilon());
            case ADAMW -> new AdamW(config.beta1(), config.beta2(), config.epsilon());
        };
    }

    private Synchronisation synchronisation() {
        TrainingConfig training = config.training();
        return new Synchronisation(
                training.replicas(),
                training.averageMomentum()
                        ? Synchronisation.OptimiserSlots.AVERAGED
                        : Synchronisation.OptimiserSlots.KEPT,
                Synchronisation.BatchNormMode.valueOf(training.batchNorm().name()),
                new NormStatistics(
                        NormStatistics.Method.valueOf(
                                training.batchNormStatistics().name()),
                        training.batchNormSamples(),
                        config.evaluation().batch()),
                Wire.valueOf(training.gradientWire().name()),
                training.replicaTimeout());
    }

    /** What the run does when executors are missing or lost. */
    Staffing staffing() {
        TrainingConfig training = config.training();
        return new Staffing(
                training.replicas(),
                training.minReplicas() == 0 ? training.replicas() : training.minReplicas(),
                training.executorWait(),
                training.roundRetries());
    }

    private Feeding feeding() {
        return new Feeding(
                new ShardSamples(storage, index, config.seed(), cache()),
                Transforms.training(config.augment(), config.input()),
                Transforms.evaluation(config.input()),
                sampling(config.sampling()),
                config.seed(),
                config.training().decodeThreads());
    }

    /** What each JVM may keep of shards. */
    CacheBudget cache() {
        return new CacheBudget(
                config.input().cacheMemory().count(), config.input().cacheDisk().count());
    }

    private static Sampling sampling(SamplingConfig sampling) {
        Mixing mixing = new Mixing(sampling.mixup(), sampling.cutmix(), sampling.mixProbability());
        return new Sampling(sampling.draw(), sampling.repeats(), mixing, sampling.perClass());
    }

    /** Precision is settled here too: for auto by this CPU, and then the same in every replica. */
    private Placement placement(Engine engine) {
        Precision precision = engine.precision(config.training().precision());
        return new Placement(new Compute(config.training().threads(), precision), storage);
    }

    Planner planner() {
        TrainingConfig training = config.training();
        Extent extent = extent();
        return new Planner(new PlanSettings(
                extent,
                Schedules.of(config.schedule(), config.optimiser().learningRate(), extent),
                new Averaging(1, training.averagingEvery(), extent.steps(training.averagingFrom())),
                new Cadence(
                        training.round(),
                        training.evaluateEvery(),
                        config.checkpoint().every()),
                stretches().stream().map(Stretch::from).toList()));
    }

    /** Positions of the samples that are trained on. */
    int[] trainingSamples() {
        return TrainingSamples.of(index, config.sampling().perClass(), config.seed());
    }

    private Extent extent() {
        TrainingConfig training = config.training();
        return new Extent(trainingSamples().length, training.globalBatch(), training.epochs());
    }

    /** What a look at {@code split} is to keep. */
    Examination examination(Split split) {
        return new Examination(
                index.positions(split),
                config.evaluation().batch(),
                config.evaluation().calibrationBins(),
                config.evaluation().worst());
    }
}
