package io.squadron.parallel;

import io.squadron.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** A few threads that share out numbered pieces of work. The caller's thread is one of them. One caller at a time. */
public final class Crew implements AutoCloseable {
    private final int threads;
    private final ExecutorService others;

    /** A crew of {@code threads}, the caller included; threads are daemons called {@code name}. */
    public Crew(int threads, String name) {
        this.threads = threads;
        this.others = Executors.newFixedThreadPool(Math.max(1, threads - 1), work -> daemon(work, name));
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Does {@code work} for the pieces 0 .. pieces - 1, each once, in any order; returns when all are done. */
    public void each(int pieces, IntConsumer work) {
        int busy = Math.min(threads, pieces);
        if (busy <= 1) {
            for (int i = 0; i < pieces; i++) {
                work.accept(i);
            }
            return;
        }
        AtomicInteger next = new AtomicInteger();
        Runnable share = () -> {
            for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
                work.accept(i);
            }
        };
        List<Future<?>> shares = new ArrayList<>();
        for (int i = 1; i < busy; i++) {
            shares.add(others.submit(share));
        }
        share.run();
        shares.forEach(Crew::await);
    }

    private static void await(Future<?> work) {
        try {
            work.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.replica("Cannot go on: the thread was interrupted while others were at its work")
                    .causedBy(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot do a piece of work", e.getCause());
        }
    }

    @Override
    public void close() {
        others.shutdown();
    }
}
