package io.squadron.driver.source;

import io.squadron.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Waits for a store's answers side by side. */
final class ListingThreads {
    private static final int THREADS = 16;

    private ListingThreads() {}

    /** The results in the order of the work; fails as the first piece of work that failed. */
    static <T> List<T> run(List<Callable<T>> work) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(THREADS, work.size())));
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> each : threads.invokeAll(work)) {
                results.add(each.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.resources("Cannot list the source: interrupted. Start again")
                    .causedBy(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw new IllegalStateException("Listing failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
