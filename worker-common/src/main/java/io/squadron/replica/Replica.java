package io.squadron.replica;

import io.squadron.collective.Collective;
import io.squadron.dataset.BatchRequest;
import io.squadron.engine.Batch;
import io.squadron.engine.Engines;
import io.squadron.engine.Images;
import io.squadron.engine.Peers;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.engine.StepResult;
import io.squadron.optim.FiniteGradient;
import io.squadron.optim.FlatVectors;
import io.squadron.optim.Update;
import java.util.List;

/**
 * One copy of the model with its engine session: takes a step with the others. One thread at a time; lives in an
 * executor from round to round.
 */
final class Replica implements AutoCloseable {
    private final TrainingJob job;
    private final ReplicaState state;
    private final RoundNormSync normSync;
    private final GradientExchange exchange;
    private final Session session;
    private final FlatVectors vectors;
    private final ParameterAveraging averaging;

    Replica(TrainingJob job, ReplicaState state) {
        this.job = job;
        this.state = state;
        this.normSync = new RoundNormSync(job.sync());
        this.averaging = new ParameterAveraging(job, state);
        Network network = job.network();
        this.exchange = new GradientExchange(
                network.spec(), network.freeze(), job.sync().gradientWire());
        this.session = Engines.named(network.engine())
                .open(
                        network.spec(),
                        state.weights(),
                        new SessionOptions(
                                job.placement().compute(),
                                network.freeze(),
                                network.normalisation(),
                                network.loss(),
                                new Peers(normSync, exchange),
                                job.feeding().seed()));
        this.vectors = new FlatVectors(
                job.learning().groups(), job.placement().compute().threads());
    }

    ReplicaState state() {
        return state;
    }

    /** Makes {@code collective} the one that the next steps talk through. */
    void enter(Collective collective) {
        normSync.enter(collective);
        averaging.enter(collective);
    }

    /** One step: batch is this rank's share of the global batch of {@code plan}. */
    StepResult step(Batch batch, StepPlan plan, Collective collective, Stopwatch watch) {
        boolean gradients = plan.exchange() == StepPlan.Exchange.GRADIENTS;
        if (gradients) {
            exchange.begin("gradient of step " + plan.step(), collective, session.gradient());
        }
        StepResult result = session.step(batch);
        watch.lap(Stopwatch.Phase.COMPUTE);
        watch.move(Stopwatch.Phase.COMPUTE, Stopwatch.Phase.NORM_WAIT, normSync.takeWaitedNanos());
        float[] gradient = session.gradient();
        int samples = batch.count();
        if (gradients) {
            exchange.await();
            watch.lap(Stopwatch.Phase.GRADIENT_WAIT);
            samples = plan.samples();
        }
        if (samples > 0) {
            update(gradient, samples, plan);
        } else {
            state.missUpdate();
        }
        averaging.learned(batch.count(), plan.exchange());
        watch.lap(Stopwatch.Phase.COMPUTE);
        if (plan.exchange() != StepPlan.Exchange.NOTHING) {
            averaging.average("step " + plan.step());
            watch.lap(Stopwatch.Phase.GRADIENT_WAIT);
        }
        state.averages().forEach(average -> average.update(state.weights().values()));
        watch.lap(Stopwatch.Phase.COMPUTE);
        return result;
    }

    private void update(float[] gradient, int samples, StepPlan plan) {
        Learning learning = job.learning();
        double norm = vectors.norm(gradient) / samples;
        if (!Double.isFinite(norm)) {
            FiniteGradient.require(plan.step(), state.weights().layout(), gradient);
        }
        Update update = learning.optimiser().begin(state.optimiser(), plan.learningRate());
        Update.Mean mean = new Update.Mean(samples, (float) learning.clipping().coefficient(norm));
        vectors.apply(update, state.weights().values(), gradient, mean);
    }

    /** Brings all replicas to one state, whatever the averaging period. */
    void settle() {
        averaging.settle("the end of the round");
    }

    /** Hash of the whole state, made with all threads of the replica. */
    long hash() {
        return state.hash(vectors.crew());
    }

    /** Puts measured statistics into the weights that evaluation uses; the samples are those of {@code epoch}. */
    void measureStatistics(RankFeed feed, int epoch, Collective collective) {
        NormStatistics how = job.sync().statistics();
        List<BatchRequest> requests = feed.population(how, epoch);
        PopulationStatistics statistics = PopulationStatistics.of(session, job.network(), collective);
        PopulationStatistics.Pass pass = () -> feed.open(requests);
        Runnable measuring = how.method() == NormStatistics.Method.EXACT
                ? () -> statistics.exact(pass, requests.size())
                : () -> statistics.precise(pass, requests.size());
        if (state.averages().isEmpty()) {
            measuring.run();
            return;
        }
        float[] live = state.weights().values();
        float[] kept = live.clone();
        System.arraycopy(state.best(), 0, live, 0, live.length);
        try {
            measuring.run();
            System.arraycopy(live, 0, state.best(), 0, live.length);
        } finally {
            System.arraycopy(kept, 0, live, 0, live.length);
        }
    }

    /** Logits in evaluation mode, with the running average of the weights where one is kept. // [samples * classes] */
    float[] infer(Images images) {
        if (state.averages().isEmpty()) {
            return session.infer(images);
        }
        float[] live = state.weights().values();
        float[] kept = live.clone();
        System.arraycopy(state.best(), 0, live, 0, live.length);
        try {
            return session.infer(images);
        } finally {
            System.arraycopy(kept, 0, live, 0, live.length);
        }
    }

    @Override
    public void close() {
        vectors.close();
        session.close();
    }
}
