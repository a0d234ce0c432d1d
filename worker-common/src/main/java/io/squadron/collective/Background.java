package io.squadron.collective;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** The second thread of a rank, on which its asynchronous sums go one after the other; there from the first of them on. */
final class Background implements AutoCloseable {
    private final Consumer<InterruptedException> onInterrupt;
    private ExecutorService thread;
    private boolean closed;

    /** @param onInterrupt told when the thread that awaits a sum is interrupted */
    Background(Consumer<InterruptedException> onInterrupt) {
        this.onInterrupt = onInterrupt;
    }

    synchronized Pending submit(Runnable sum) {
        if (closed) {
            throw new IllegalStateException("Cannot begin a sum: the collective has closed");
        }
        if (thread == null) {
            thread = Executors.newSingleThreadExecutor(task -> {
                Thread created = new Thread(task, "squadron-sums");
                created.setDaemon(true);
                return created;
            });
        }
        Future<?> done = thread.submit(sum);
        return () -> await(done);
    }

    private void await(Future<?> done) {
        try {
            done.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException("A sum broke", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            onInterrupt.accept(interrupted);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (thread != null) {
            thread.shutdownNow().forEach(never -> ((Future<?>) never).cancel(false));
        }
    }
}
