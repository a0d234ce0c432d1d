package io.squadron.replica;

import io.squadron.collective.Collective;
import io.squadron.dataset.BatchRequest;
import io.squadron.engine.Batch;
import io.squadron.engine.Images;
import io.squadron.engine.Session;
import io.squadron.engine.StepResult;
import io.squadron.optim.FiniteGradient;
import io.squadron.optim.FlatVectors;
import io.squadron.optim.Update;
import java.util.List;
import java.util.Optional;

/**
 * One copy of the model with its engine session: takes a step with the others. One thread at a time; lives in an
 * executor from round to round.
 */
final class Replica implements AutoCloseable {
    private final TrainingJob job;
    private final ReplicaState state;
    private final RoundNormSync normSync;
    private final ParameterAveraging averaging;
    private Optional<Workbench> bench = Optional.empty();
    private Optional<Session> evaluation = Optional.empty();

    Replica(TrainingJob job, ReplicaState state) {
        this.job = job;
        this.state = state;
        this.normSync = new RoundNormSync(job.sync());
        this.averaging = new ParameterAveraging(job, state);
    }

    ReplicaState state() {
        return state;
    }

    /** Makes {@code collective} the one that the next steps talk through, and prepares for the phase of {@code step}. */
    void enter(Collective collective, long step) {
        normSync.enter(collective);
        averaging.enter(collective);
        Phase phase = job.phaseAt(step);
        if (bench.isEmpty() || bench.get().phase().from() != phase.from()) {
            close();
            bench = Optional.of(Workbench.of(job, phase, state.weights(), normSync));
        }
        if (job.retargets(step)) {
            state.restartOptimiser();
        }
    }

    private Workbench bench() {
        return bench.orElseThrow(() -> new IllegalStateException("a replica works in rounds that it has entered"));
    }

    /** One step: batch is this rank's share of the global batch of {@code plan}. */
    StepResult step(Batch batch, StepPlan plan, Collective collective, Stopwatch watch) {
        Session session = bench().session();
        boolean gradients = plan.exchange() == StepPlan.Exchange.GRADIENTS;
        if (gradients) {
            bench().exchange().begin("gradient of step " + plan.step(), collective, session.gradient());
        }
        StepResult result = session.step(batch);
        watch.lap(Stopwatch.Phase.COMPUTE);
        watch.move(Stopwatch.Phase.COMPUTE, Stopwatch.Phase.NORM_WAIT, normSync.takeWaitedNanos());
        float[] gradient = session.gradient();
        int samples = batch.count();
        if (gradients) {
            bench().exchange().await();
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
        FlatVectors vectors = bench().vectors();
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
        return state.hash(bench().vectors().crew());
    }

    /** Puts measured statistics into the weights that evaluation uses; the samples are those of {@code epoch}. */
    void measureStatistics(RankFeed feed, int epoch, Collective collective) {
        NormStatistics how = job.sync().statistics();
        List<BatchRequest> requests = feed.population(how, epoch);
        PopulationStatistics statistics = PopulationStatistics.of(
                bench().session(), job.network().spec(), bench().phase().freeze(), collective);
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
            return examiner().infer(images);
        }
        float[] live = state.weights().values();
        float[] kept = live.clone();
        System.arraycopy(state.best(), 0, live, 0, live.length);
        try {
            return examiner().infer(images);
        } finally {
            System.arraycopy(kept, 0, live, 0, live.length);
        }
    }

    /** The session of the phase serves evaluation too, unless its images are of another size. */
    private Session examiner() {
        boolean sameSize =
                bench().phase().size() == job.network().spec().input().height();
        if (sameSize || bench().phase().entry() instanceof Entry.OfFeatures) {
            return bench().session();
        }
        if (evaluation.isEmpty()) {
            evaluation = Optional.of(Workbench.evaluation(job, bench().phase(), state.weights()));
        }
        return evaluation.get();
    }

    @Override
    public void close() {
        evaluation.ifPresent(Session::close);
        evaluation = Optional.empty();
        bench.ifPresent(Workbench::close);
        bench = Optional.empty();
    }
}
