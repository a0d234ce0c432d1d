package io.squadron.driver.tensorboard;

import io.squadron.driver.training.RankTiming;
import io.squadron.driver.training.TrainingEvent;
import io.squadron.driver.training.TrainingListener;
import io.squadron.engine.StepResult;
import io.squadron.evaluation.Metrics;
import io.squadron.storage.Journal;
import io.squadron.storage.Storage;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes scalars of a run as TensorBoard's event files: one file for each start, in the run's directory. A start that goes on
 * from step s says so, and TensorBoard forgets what an earlier start wrote beyond it. Curves are not worth a run: what cannot
 * be written is logged once, and the run goes on without. Which scalars there are stands in docs/observability.md.
 */
public final class TensorBoard implements TrainingListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TensorBoard.class);

    private final Storage storage;
    private final String run;
    private final InstantSource clock;
    private Optional<Journal> journal = Optional.empty();
    private boolean broken;
    private ByteArrayOutputStream pending = new ByteArrayOutputStream();

    /** @param run URI of its directory, which exists when the first event comes */
    public TensorBoard(Storage storage, String run, InstantSource clock) {
        this.storage = storage;
        this.run = run;
        this.clock = clock;
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.TrainingStarted) {
            started(event.step());
        } else if (event instanceof TrainingEvent.RoundEnded round) {
            ended(round);
        } else if (event instanceof TrainingEvent.StepLosses losses) {
            losses(losses);
        } else if (event instanceof TrainingEvent.Evaluated evaluated) {
            evaluated(evaluated);
        } else if (event instanceof TrainingEvent.Checkpointed written) {
            scalar("time/checkpoint_seconds", written.step(), written.seconds());
        }
        flush();
    }

    /**
     * {@code Event.file_version} (3) comes first; then {@code Event.session_log} (7) with status START (1), whose step is the
     * first that TensorBoard forgets of what earlier files say. What is known at the end of step s bears the step s.
     */
    private void started(long step) {
        add(0, new Message().text(3, "brain.Event:2"));
        add(step == 0 ? 0 : step + 1, new Message().message(7, new Message().whole(1, 1)));
    }

    private void ended(TrainingEvent.RoundEnded round) {
        long step = round.endStep();
        scalar("train/loss", step, round.loss());
        scalar("train/accuracy", step, round.accuracy());
        scalar("train/learning_rate", step, round.lastRate());
        scalar("train/epoch", step, round.epoch() + 1.0);
        scalar("speed/images_per_second", step, round.imagesPerSecond());
        scalar("time/round_seconds", step, round.seconds());
        mean("time/read_seconds", round, RankTiming::read);
        mean("time/compute_seconds", round, RankTiming::compute);
        mean("time/norm_wait_seconds", round, RankTiming::normWait);
        mean("time/gradient_wait_seconds", round, RankTiming::gradientWait);
    }

    private void mean(String tag, TrainingEvent.RoundEnded round, ToDoubleFunction<RankTiming> part) {
        List<RankTiming> timings = round.timings();
        timings.stream().mapToDouble(part).average().ifPresent(mean -> scalar(tag, round.endStep(), mean));
    }

    private void losses(TrainingEvent.StepLosses losses) {
        for (int i = 0; i < losses.series().steps(); i++) {
            StepResult step = losses.series().at(i);
            scalar("step/loss", losses.firstStep() + i + 1, step.lossSum() / step.samples());
        }
    }

    private void evaluated(TrainingEvent.Evaluated evaluated) {
        Metrics metrics = evaluated.metrics();
        String split = evaluated.split().name().toLowerCase(Locale.ROOT);
        scalar(split + "/loss", evaluated.step(), metrics.loss());
        scalar(split + "/accuracy", evaluated.step(), metrics.topOne());
        scalar(split + "/top5", evaluated.step(), metrics.topFive());
        scalar(split + "/calibration_error", evaluated.step(), metrics.calibrationError());
        scalar("time/evaluation_seconds", evaluated.step(), evaluated.seconds());
    }

    /** {@code Event.summary} (5) of one {@code Summary.value} (1): {@code tag} (1) and {@code simple_value} (2). */
    private void scalar(String tag, long step, double value) {
        Message one = new Message().text(1, tag).small(2, (float) value);
        add(step, new Message().message(5, new Message().message(1, one)));
    }

    /** {@code Event.wall_time} (1) in seconds and {@code Event.step} (2), then {@code what}. */
    private void add(long step, Message what) {
        Message event = new Message().number(1, clock.millis() / 1e3).whole(2, step);
        byte[] head = event.bytes();
        byte[] tail = what.bytes();
        byte[] whole = new byte[head.length + tail.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(tail, 0, whole, head.length, tail.length);
        pending.writeBytes(Records.framed(whole));
    }

    private void flush() {
        byte[] bytes = pending.toByteArray();
        pending = new ByteArrayOutputStream();
        if (bytes.length == 0 || broken) {
            return;
        }
        try {
            if (journal.isEmpty()) {
                journal = Optional.of(storage.journal(Storage.child(run, name())));
            }
            journal.get().append(bytes);
        } catch (RuntimeException failed) {
            gaveUp(failed);
        }
    }

    private void gaveUp(RuntimeException failed) {
        broken = true;
        LOG.warn("Cannot write events for TensorBoard below {}: this start goes on without", run, failed);
    }

    /** TensorBoard reads files in the order of their names: seconds first, then what tells apart starts in one second. */
    private String name() {
        Instant now = clock.instant();
        return "events.out.tfevents.%010d.%09d.squadron".formatted(now.getEpochSecond(), now.getNano());
    }

    @Override
    public void close() {
        try {
            journal.ifPresent(Journal::close);
        } catch (RuntimeException failed) {
            gaveUp(failed);
        }
    }
}
