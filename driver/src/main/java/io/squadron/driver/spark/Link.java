package io.squadron.driver.spark;

import io.squadron.failure.Failure;
import io.squadron.replica.RankProgress;
import io.squadron.replica.RankStart;
import io.squadron.replica.StepObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An executor's side of {@link SquadronPlugin}. Thread-safe. */
final class Link {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final long LONGEST_PAUSE_MILLIS = 100;
    private static volatile Optional<Link> current = Optional.empty();

    private final PluginContext driver;

    private Link(PluginContext driver) {
        this.driver = driver;
    }

    /** What Spark starts in each executor. */
    static final class Opener implements ExecutorPlugin {
        @Override
        public void init(PluginContext context, Map<String, String> extra) {
            current = Optional.of(new Link(context));
        }

        @Override
        public void shutdown() {
            current = Optional.empty();
        }
    }

    /** That of this JVM, if the application has the plugin. */
    static Optional<Link> current() {
        return current;
    }

    /**
     * Tells the driver where a rank listens, and waits for the others.
     *
     * @return the addresses by rank
     * @throws Failure of kind REPLICA if a rank does not come before the deadline, or the task is killed
     */
    List<String> gather(TaskContext task, News.Present mine, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        List<String> addresses = ask(mine);
        for (long pause = 2; addresses.contains(""); pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
            if (task.isInterrupted()) {
                throw Failure.replica("Cannot begin %s at rank %d: its task was killed", mine.attempt(), mine.rank());
            }
            if (System.nanoTime() > end) {
                throw late(mine, addresses, deadline);
            }
            pause(pause);
            addresses = ask(mine);
        }
        return addresses;
    }

    private static Failure late(News.Present mine, List<String> addresses, Duration deadline) {
        List<Integer> missing = IntStream.range(0, addresses.size())
                .filter(rank -> addresses.get(rank).isEmpty())
                .boxed()
                .toList();
        return Failure.replica(
                "Cannot begin %s at rank %d: ranks %s did not come within %d s",
                mine.attempt(), mine.rank(), missing, deadline.toSeconds());
    }

    @SuppressWarnings("unchecked")
    private List<String> ask(News.Present mine) {
        try {
            return (List<String>) driver.ask(mine);
        } catch (Exception failed) {
            throw Failure.replica("Cannot begin %s at rank %d: the driver does not answer", mine.attempt(), mine.rank())
                    .causedBy(failed);
        }
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Failure.replica("Cannot wait for the other ranks: the task was interrupted")
                    .causedBy(interrupted);
        }
    }

    /** Tells the driver what a rank of {@code run} does: when it begins, about once a second, and at {@code endStep}. */
    StepObserver observer(String run, long endStep) {
        return new StepObserver() {
            private long last = System.nanoTime();

            @Override
            public void on(RankProgress progress) {
                long now = System.nanoTime();
                if (now - last >= TimeUnit.SECONDS.toNanos(1) || progress.plan().step() + 1 == endStep) {
                    last = now;
                    send(new News.Progress(run, progress));
                }
            }

            @Override
            public void began(RankStart start) {
                LOG.info(
                        "round from step {}, rank {}: session {}, state {}",
                        start.startStep(),
                        start.rank(),
                        start.session(),
                        start.state());
                send(new News.Began(run, start, place()));
            }

            @Override
            public String place() {
                return "executor %s on %s".formatted(driver.executorID(), host());
            }
        };
    }

    private static String host() {
        return SparkEnv.get().blockManager().blockManagerId().hostPort();
    }

    /** News are not worth a round: if they cannot be sent, the round goes on in silence. */
    private void send(News news) {
        try {
            driver.send(news);
        } catch (IOException failed) {
            LOG.warn("Cannot tell the driver how the round goes", failed);
        }
    }
}
