package io.squadron.collective;

import io.squadron.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the members of a group side by side, one thread each. */
public final class Ranks {
    private Ranks() {}

    /** What one rank does. */
    public interface Task<T> {
        T run(Collective collective) throws Exception;
    }

    /** What one rank does that gives nothing. */
    public interface Action {
        void run(Collective collective) throws Exception;
    }

    /** The results by rank; fails with the first failure. */
    public static <T> List<T> run(List<Collective> group, Task<T> task) {
        List<T> results = new ArrayList<>();
        for (Future<T> each : start(group, task)) {
            try {
                results.add(each.get());
            } catch (ExecutionException failed) {
                throw new AssertionError(failed.getCause());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError(interrupted);
            }
        }
        return results;
    }

    /** What each rank threw, by rank; fails if one threw nothing. */
    public static List<Throwable> failures(List<Collective> group, Action action) {
        List<Throwable> thrown = new ArrayList<>();
        for (Future<Integer> each : start(group, collective -> {
            action.run(collective);
            return collective.rank();
        })) {
            try {
                throw new AssertionError("rank " + each.get() + " did not fail");
            } catch (ExecutionException failed) {
                thrown.add(failed.getCause());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError(interrupted);
            }
        }
        return thrown;
    }

    private static <T> List<Future<T>> start(List<Collective> group, Task<T> task) {
        ExecutorService threads = Executors.newFixedThreadPool(group.size());
        List<Future<T>> futures = new ArrayList<>();
        for (Collective each : group) {
            futures.add(threads.submit(() -> task.run(each)));
        }
        threads.shutdown();
        return futures;
    }

    /** Loses a random little time, so that ranks arrive in ever other orders. */
    static void dawdle(RandomStream random) {
        for (int i = random.nextInt(4000); i > 0; i--) {
            Thread.onSpinWait();
        }
    }
}
