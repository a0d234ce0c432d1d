package io.squadron.jobs;

import io.squadron.jobs.compose.Exporting;
import io.squadron.jobs.doctor.LocalStorageProbe;
import io.squadron.jobs.doctor.StorageProbe;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it was asked for, and throws what it was told to. */
final class RecordingJobs implements Jobs {
    private final List<Object> requests = new ArrayList<>();
    private Runnable effect = () -> {};

    /** What each job does. */
    RecordingJobs doing(Runnable other) {
        effect = other;
        return this;
    }

    /** The one request that came. */
    <T> T only(Class<T> type) {
        if (requests.size() != 1) {
            throw new AssertionError("expected one request, found " + requests);
        }
        return type.cast(requests.get(0));
    }

    List<Object> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void prepare(Prepare request) {
        keep(request);
    }

    @Override
    public void resume(Resume request) {
        keep(request);
    }

    @Override
    public void train(Train request) {
        keep(request);
    }

    @Override
    public void evaluate(Evaluate request) {
        keep(request);
    }

    @Override
    public void diagnose(Diagnose request) {
        keep(request);
    }

    @Override
    public void predict(Predict request) {
        keep(request);
    }

    @Override
    public void export(Exporting.Request request) {
        keep(request);
    }

    @Override
    public void inspect(Inspect request) {
        keep(request);
    }

    @Override
    public void importWeights(Import request) {
        keep(request);
    }

    @Override
    public void preview(Preview request) {
        keep(request);
    }

    @Override
    public void synthesize(Synthesize request) {
        keep(request);
    }

    @Override
    public void quickstart(Quickstart request) {
        keep(request);
    }

    @Override
    public void findRate(FindRate request) {
        keep(request);
    }

    @Override
    public void sweep(SweepSettings request) {
        keep(request);
    }

    @Override
    public void reproduce(Reproduce request) {
        keep(request);
    }

    @Override
    public void runs(Runs request) {
        keep(request);
    }

    @Override
    public int retrain(Retrain request) {
        keep(request);
        return 0;
    }

    @Override
    public void rollback(Rollback request) {
        keep(request);
    }

    @Override
    public void registry(ShowRegistry request) {
        keep(request);
    }

    @Override
    public void benchInput(BenchInput request) {
        keep(request);
    }

    @Override
    public void benchStep(BenchStep request) {
        keep(request);
    }

    @Override
    public void benchSync(BenchSync request) {
        keep(request);
    }

    @Override
    public StorageProbe storageProbe() {
        return new LocalStorageProbe();
    }

    private void keep(Object request) {
        requests.add(request);
        effect.run();
    }
}
