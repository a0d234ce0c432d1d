package io.squadron.driver.training;

import io.squadron.engine.StepResult;
import io.squadron.replica.RankProgress;
import io.squadron.replica.RankStart;
import io.squadron.replica.StepObserver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Turns what the ranks of a round tell into events, while the loop waits for the round: {@link TrainingEvent.StepsDone} and
 * {@link TrainingEvent.RanksTimed} whenever rank 0 is heard of. Told on the thread that brings the news: of the rank where it
 * is a thread of this JVM, else of Spark's messages. Thread-safe; one event at a time.
 */
public final class RoundProgress implements StepObserver {
    private final TrainingListener listener;
    private final Map<Integer, RankProgress> byRank = new TreeMap<>();
    private long round = -1;
    private final Map<Integer, String> places = new TreeMap<>();
    private long startStep;
    private Optional<RuntimeException> broken = Optional.empty();

    public RoundProgress(TrainingListener listener) {
        this.listener = listener;
    }

    /** Round {@code next} begins at {@code step}; what was seen of the one before is void. */
    public synchronized void begin(long next, long step) {
        round = next;
        startStep = step;
        byRank.clear();
    }

    /** The round begins again; what was seen of it is void. */
    public synchronized void repeated(String reason) {
        byRank.clear();
        listener.on(new TrainingEvent.RoundRepeated(round, startStep, reason));
    }

    /** News from another process. What a listener throws is kept for {@link #requireTold}: nobody there could handle it. */
    public synchronized void told(RankProgress progress) {
        keeping(() -> on(progress));
    }

    /** A rank of another process, at {@code place}, has begun. */
    public synchronized void told(RankStart start, String place) {
        keeping(() -> began(start, place));
    }

    private void keeping(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException failed) {
            broken = broken.or(() -> Optional.of(failed));
        }
    }

    /** Throws what a listener has thrown when it was told news from another process. */
    public synchronized void requireTold() {
        broken.ifPresent(failed -> {
            throw failed;
        });
    }

    @Override
    public synchronized void began(RankStart start) {
        began(start, "");
    }

    private void began(RankStart start, String place) {
        if (start.startStep() == startStep) {
            places.put(start.rank(), place);
            listener.on(new TrainingEvent.RankBegan(round, start, place));
        }
    }

    @Override
    public synchronized void on(RankProgress progress) {
        if (progress.plan().step() < startStep) {
            return; // of an earlier round, late
        }
        byRank.put(progress.rank(), progress);
        if (progress.rank() == 0) {
            StepResult soFar =
                    byRank.values().stream().map(RankProgress::soFar).reduce(StepResult.empty(), StepResult::merge);
            List<RankTiming> timings = byRank.values().stream()
                    .map(each -> RankTiming.of(each.rank(), each.timing(), places.getOrDefault(each.rank(), "")))
                    .toList();
            long done = progress.plan().step() + 1;
            listener.on(new TrainingEvent.StepsDone(
                    round, done, progress.plan().epoch(), soFar, progress.plan().learningRate()));
            listener.on(new TrainingEvent.RanksTimed(round, done, timings));
        }
    }
}
