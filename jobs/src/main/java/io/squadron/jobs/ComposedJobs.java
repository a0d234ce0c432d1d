package io.squadron.jobs;

import io.squadron.jobs.doctor.LocalStorageProbe;
import io.squadron.jobs.doctor.StorageProbe;

/** The real jobs, put together from the rooms of driver and worker-common. */
final class ComposedJobs implements Jobs {
    @Override
    public void prepare(Prepare request) {
        throw toBeComposed();
    }

    @Override
    public void train(Train request) {
        throw toBeComposed();
    }

    @Override
    public void evaluate(Evaluate request) {
        throw toBeComposed();
    }

    @Override
    public void inspect(Inspect request) {
        throw toBeComposed();
    }

    @Override
    public void synthesize(Synthesize request) {
        throw toBeComposed();
    }

    @Override
    public StorageProbe storageProbe() {
        return new LocalStorageProbe();
    }

    /** COMPOSED AT INTEGRATION: each method above is to call the rooms that do its work. */
    private static UnsupportedOperationException toBeComposed() {
        return new UnsupportedOperationException("composed at integration");
    }
}
