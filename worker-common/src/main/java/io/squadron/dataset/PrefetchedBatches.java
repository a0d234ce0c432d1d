package io.squadron.dataset;

import io.squadron.engine.Batch;
import io.squadron.failure.Failure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Batches made by a few threads, one batch per thread at a time, at most one more than there are threads ahead of the reader.
 * Owns its threads; closing interrupts them and waits for them a moment.
 */
final class PrefetchedBatches implements BatchSource {
    private static final int CLOSE_SECONDS = 10;

    private final Iterator<BatchRequest> requests;
    private final Function<BatchRequest, Batch> maker;
    private final ExecutorService threads;
    private final Deque<Future<Batch>> ahead = new ArrayDeque<>();

    PrefetchedBatches(List<BatchRequest> requests, Function<BatchRequest, Batch> maker, int threads) {
        this.requests = List.copyOf(requests).iterator();
        this.maker = maker;
        this.threads = Executors.newFixedThreadPool(Math.max(1, threads), PrefetchedBatches::daemon);
        for (int i = 0; i <= threads; i++) {
            start();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "squadron-batches");
        thread.setDaemon(true);
        return thread;
    }

    private void start() {
        if (requests.hasNext()) {
            BatchRequest request = requests.next();
            ahead.add(threads.submit(() -> maker.apply(request)));
        }
    }

    @Override
    public Batch take() {
        Future<Batch> next = ahead.poll();
        if (next == null) {
            throw new IllegalStateException("Cannot take a batch: all that were asked for have been taken");
        }
        start();
        try {
            return next.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.replica("Cannot take a batch: the thread was interrupted while waiting for it")
                    .causedBy(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Failure failure) {
                throw Failure.of(failure.kind(), "%s", failure.getMessage()).causedBy(failure);
            }
            throw new IllegalStateException("A batch could not be made", e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        ahead.clear();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                throw Failure.resources(
                        "Cannot stop reading batches: a thread is still busy after %d s (expected it to stop when "
                                + "interrupted). Look at the file system it reads from",
                        CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
