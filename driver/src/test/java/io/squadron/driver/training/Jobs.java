package io.squadron.driver.training;

import io.squadron.dataset.SampleSourceFactory;
import io.squadron.model.Freeze;
import io.squadron.optim.Decay;
import io.squadron.optim.ParameterGroups;
import io.squadron.replica.Feeding;
import io.squadron.replica.Learning;
import io.squadron.replica.Network;
import io.squadron.replica.NormStatistics;
import io.squadron.replica.Synchronisation;
import io.squadron.replica.TrainingJob;

/** Training jobs of which one thing is different. */
final class Jobs {
    private Jobs() {}

    static TrainingJob fedBy(SampleSourceFactory samples, TrainingJob job) {
        Feeding feeding = job.feeding();
        return new TrainingJob(
                job.run(),
                job.network(),
                job.learning(),
                job.sync(),
                new Feeding(samples, feeding.training(), feeding.evaluation(), feeding.seed(), feeding.decodeThreads()),
                job.placement());
    }

    static TrainingJob evaluatedWith(NormStatistics statistics, TrainingJob job) {
        return synchronisedBy(job.sync().with(statistics), job);
    }

    static TrainingJob synchronisedBy(Synchronisation sync, TrainingJob job) {
        return new TrainingJob(job.run(), job.network(), job.learning(), sync, job.feeding(), job.placement());
    }

    static TrainingJob frozen(Freeze freeze, TrainingJob job) {
        Network network = job.network();
        Learning learning = job.learning();
        return new TrainingJob(
                job.run(),
                new Network(
                        network.spec(),
                        network.engine(),
                        freeze,
                        network.normalisation(),
                        network.initialWeights(),
                        network.loss()),
                new Learning(
                        learning.optimiser(),
                        ParameterGroups.of(network.spec().layout(), freeze, 1e-4, Decay.WEIGHTS_ONLY),
                        learning.clipping(),
                        learning.weightAverage()),
                job.sync(),
                job.feeding(),
                job.placement());
    }
}
