package io.squadron.engine.dl4j;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The one thread on which a session computes. ND4J keeps its memory arenas and its number of OpenMP threads per thread;
 * with a thread of its own a session has one set of them, whichever threads call it. An interrupt of the caller is
 * passed on, and the call returns when the work has ended.
 */
final class SessionThread implements AutoCloseable {
    private final ExecutorService executor;
    private volatile Thread thread;

    SessionThread(String name) {
        this.executor = Executors.newSingleThreadExecutor(work -> {
            Thread created = new Thread(work, name);
            created.setDaemon(true);
            thread = created;
            return created;
        });
    }

    /** Does {@code work} and returns its result, or throws what it threw. */
    <T> T call(Callable<T> work) {
        Future<T> result = executor.submit(() -> {
            Thread.interrupted();
            return work.call();
        });
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    thread.interrupt();
                } catch (ExecutionException e) {
                    throw unchecked(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException unchecked(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
