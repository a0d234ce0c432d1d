package io.squadron.driver.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.squadron.dataset.Split;
import io.squadron.driver.training.RankTiming;
import io.squadron.driver.training.RunSummary;
import io.squadron.driver.training.TrainingEvent;
import io.squadron.engine.StepResult;
import io.squadron.evaluation.Tally;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
    private static final long SECOND = 1_000_000_000L;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long now = 50 * SECOND;

    @Test
    void aLogGetsOneLineARound() {
        play(ConsoleProgress.Reader.LOG);
        assertThat(written().lines())
                .containsExactly(
                        "r: resnet18 (11,173,962 parameters, engine dl4j), 80 images in 10 classes, 2 replicas, 40 steps in 2 epochs",
                        "epoch 1/2  step 20/40  loss 0.500  acc 75.0%  16.0 img/s  lr 0.0500  10s left",
                        "  validation  step 20, accuracy – (95% interval – to –), loss –, 0 images in 1s",
                        "  checkpoint  step 20, 42.7 MB in 0.8s, file:/run",
                        "trained to step 40 in 1m05s");
    }

    @Test
    void aTerminalGetsOneLineRedrawnInPlace() {
        play(ConsoleProgress.Reader.TERMINAL);
        assertThat(written())
                .contains("\repoch 1/2  step 10/40  loss 0.750  acc 50.0%  16.0 img/s  lr 0.100  15s left")
                .contains("\repoch 1/2  step 20/40  loss 0.500  acc 75.0%  16.0 img/s  lr 0.0500  10s left")
                .contains("\r  validation");
    }

    @Test
    void aShorterLineWipesTheLongerOneAway() {
        ConsoleProgress progress = progress(ConsoleProgress.Reader.TERMINAL);
        progress.on(started());
        now += SECOND;
        progress.on(new TrainingEvent.StepsDone(0, 1, 0, new StepResult(100_000, 1, 8), 1e-5));
        String longer = last();
        now += SECOND;
        progress.on(new TrainingEvent.StepsDone(0, 2, 0, new StepResult(8, 1, 8), 0.1));
        assertThat(last()).hasSameSizeAs(longer).endsWith(" ");
    }

    @Test
    void aSlowPlaceIsNamedInItsSecondSlowRoundAndNotInEachAfterIt() {
        ConsoleProgress progress = progress(ConsoleProgress.Reader.LOG);
        progress.on(started());
        for (double other : new double[] {3, 3, 3, 1, 3}) {
            progress.on(new TrainingEvent.RoundEnded(
                    0,
                    0,
                    20,
                    0,
                    new StepResult(80, 120, 160),
                    0.1,
                    0.05,
                    10,
                    List.of(new RankTiming(0, 0, 1, 0, 0, "a:1"), new RankTiming(1, 0, other, 0, 0, "b:2"))));
        }
        assertThat(written().lines().filter(line -> line.contains("straggler")))
                .containsExactly("  straggler   b:2 takes 3.0 times as long to compute as the median rank");
    }

    @Test
    void aRoundThatBeginsAgainSaysWhy() {
        ConsoleProgress progress = progress(ConsoleProgress.Reader.LOG);
        progress.on(started());
        progress.on(new TrainingEvent.RoundRepeated(3, 120, "lost executor 2"));
        assertThat(last()).contains("round 3 begins again at step 120: lost executor 2");
    }

    @Test
    void timeLeftFollowsASmoothedPace() {
        Pace pace = new Pace(0, 0);
        assertThat(pace.left(100)).as("nothing known yet").isNaN();
        pace.observe(10, 10 * SECOND);
        assertThat(pace.left(100)).isEqualTo(90);
        pace.observe(11, 20 * SECOND); // one step of ten seconds among steps of one
        double faded = Math.exp(-1 / 3.0);
        double expected = (10 * faded + 10) / (10 * faded + 1);
        assertThat(pace.secondsPerStep())
                .as("seconds over steps, the earlier ones faded")
                .isCloseTo(expected, within(1e-12));
        pace.observe(11, 25 * SECOND);
        assertThat(pace.secondsPerStep()).as("a step told twice counts once").isCloseTo(expected, within(1e-12));
    }

    private void play(ConsoleProgress.Reader reader) {
        ConsoleProgress progress = progress(reader);
        progress.on(started());
        now += 5 * SECOND;
        progress.on(new TrainingEvent.StepsDone(0, 10, 0, new StepResult(60, 40, 80), 0.1));
        now += 5 * SECOND;
        progress.on(new TrainingEvent.RoundEnded(0, 0, 20, 0, new StepResult(80, 120, 160), 0.1, 0.05, 10, List.of()));
        progress.on(new TrainingEvent.Evaluated(20, 0, Split.VALIDATION, Tally.empty(10, 15, 0), 1));
        progress.on(new TrainingEvent.Checkpointed(20, "file:/run", 42_700_000, 0.8));
        progress.on(new TrainingEvent.TrainingEnded(40, 65));
    }

    private ConsoleProgress progress(ConsoleProgress.Reader reader) {
        return new ConsoleProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), reader, () -> now);
    }

    private static TrainingEvent started() {
        return new TrainingEvent.TrainingStarted(
                new RunSummary("r", 40, 2, 2, 80, 10, "dl4j", "resnet18", 11_173_962, 0));
    }

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private String last() {
        return written().substring(written().lastIndexOf('\r') + 1);
    }
}
