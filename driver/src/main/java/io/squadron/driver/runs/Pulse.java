package io.squadron.driver.runs;

import io.squadron.driver.training.RunSummary;
import io.squadron.driver.training.TrainingEvent;
import io.squadron.driver.training.TrainingListener;
import io.squadron.storage.Storage;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the {@link Heartbeat} of a run from the start on: every {@link Heartbeat#EVERY} by a thread of its own, so that a
 * long round does not look like a dead driver, and once more at the end. A heartbeat is not worth a run: one that cannot be
 * written is logged. Thread-safe.
 */
public final class Pulse implements TrainingListener {
    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

    /** Who beats. */
    public record Self(String application, String host) {}

    private final Storage storage;
    private final String file;
    private final InstantSource clock;
    private final ScheduledExecutorService thread;
    private final ScheduledFuture<?> beats;
    private Heartbeat last;
    private Optional<Heartbeat.Phase> outcome = Optional.empty();

    /**
     * The pulse of a run that is about to work; {@link #over} ends it.
     *
     * @param run URI of its directory, which exists
     */
    public Pulse(Storage storage, String run, Self self, InstantSource clock) {
        this.storage = storage;
        this.file = Storage.child(run, Heartbeat.FILE);
        this.clock = clock;
        this.last = new Heartbeat(
                Heartbeat.Phase.RUNNING, clock.instant(), self.application(), self.host(), 0, 0, 0, Double.NaN, "");
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, "squadron-heartbeat");
            made.setDaemon(true);
            return made;
        });
        long seconds = Heartbeat.EVERY.toSeconds();
        this.beats = thread.scheduleAtFixedRate(() -> beat(Heartbeat.Phase.RUNNING, ""), 0, seconds, TimeUnit.SECONDS);
    }

    @Override
    public synchronized void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.TrainingStarted started) {
            RunSummary summary = started.summary();
            put(summary.resumedAtStep(), summary.totalSteps(), last.epoch(), last.imagesPerSecond());
        } else if (event instanceof TrainingEvent.StepsDone steps) {
            put(steps.step(), last.totalSteps(), steps.epoch() + 1, last.imagesPerSecond());
        } else if (event instanceof TrainingEvent.RoundEnded round) {
            put(round.endStep(), last.totalSteps(), round.epoch() + 1, round.imagesPerSecond());
        } else if (event instanceof TrainingEvent.Halted) {
            outcome = Optional.of(Heartbeat.Phase.STOPPED);
        } else if (event instanceof TrainingEvent.StoppedEarly) {
            outcome = Optional.of(Heartbeat.Phase.FINISHED);
        } else if (event instanceof TrainingEvent.TrainingEnded ended && outcome.isEmpty()) {
            boolean whole = ended.step() >= last.totalSteps();
            outcome = Optional.of(whole ? Heartbeat.Phase.FINISHED : Heartbeat.Phase.STOPPED);
        }
    }

    private void put(long step, long total, int epoch, double rate) {
        last = new Heartbeat(
                last.phase(), last.at(), last.application(), last.host(), step, total, epoch, rate, last.message());
    }

    /**
     * Does {@code work}, which trains and tells this listener of it; then the last beat says how it ended. What is thrown is
     * thrown on.
     */
    public void over(Runnable work) {
        try {
            work.run();
            end(outcome().orElse(Heartbeat.Phase.FINISHED), "");
        } catch (RuntimeException | Error thrown) {
            end(Heartbeat.Phase.FAILED, String.valueOf(thrown.getMessage()));
            throw thrown;
        }
    }

    /** How the training ended; empty before that. */
    private synchronized Optional<Heartbeat.Phase> outcome() {
        return outcome;
    }

    private void end(Heartbeat.Phase how, String why) {
        close();
        beat(how, why);
    }

    private synchronized void beat(Heartbeat.Phase phase, String why) {
        last = last.beat(phase, clock.instant(), why);
        try {
            storage.replace(file, last.json());
        } catch (RuntimeException failed) {
            LOG.warn("Cannot write {}", file, failed);
        }
    }

    private void close() {
        beats.cancel(false);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(Heartbeat.EVERY.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("A write of {} is still under way", file);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
