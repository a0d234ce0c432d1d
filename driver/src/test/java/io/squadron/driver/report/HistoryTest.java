package io.squadron.driver.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.dataset.Split;
import io.squadron.driver.training.RankTiming;
import io.squadron.driver.training.RunSummary;
import io.squadron.driver.training.TrainingEvent;
import io.squadron.driver.training.Trend;
import io.squadron.engine.StepResult;
import io.squadron.evaluation.Tally;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final StringBuilder text = new StringBuilder();
    private final History history = new History(text::append);

    @Test
    void whatIsWrittenIsReadBack() {
        TrainingEvent.RoundEnded round = round(0, 0, 10, 1.5);
        TrainingEvent.Checkpointed checkpoint =
                new TrainingEvent.Checkpointed(10, "file:/r/\"q\"", 5_000_000_000L, 0.5);
        Tally tally = SampleReport.tally(50, 3);
        TrainingEvent.Evaluated evaluated = new TrainingEvent.Evaluated(10, 0, Split.VALIDATION, tally, 0.25);
        history.on(start(0));
        history.on(round);
        history.on(evaluated);
        history.on(checkpoint);
        history.on(new TrainingEvent.TrainingEnded(10, 9));

        assertThat(HistoryReader.read(text.toString()))
                .isEqualTo(new RunHistory(
                        List.of(
                                new HistoryEntry.Start("r", 0, 40, 2),
                                new HistoryEntry.Round(round),
                                HistoryEntry.Evaluation.of(evaluated),
                                new HistoryEntry.Checkpoint(checkpoint)),
                        0));
    }

    @Test
    void figuresWithRunningStatisticsStandBesideThoseWithMeasuredOnes() {
        TrainingEvent.Evaluated evaluated = new TrainingEvent.Evaluated(
                10, 0, Split.VALIDATION, SampleReport.tally(50, 3), SampleReport.tally(50, 4), 0.25);
        history.on(start(0));
        history.on(evaluated);

        HistoryEntry.Evaluation read = HistoryReader.read(text.toString())
                .evaluations(Split.VALIDATION)
                .get(0);
        assertThat(read).isEqualTo(HistoryEntry.Evaluation.of(evaluated));
        assertThat(read.runningLoss())
                .as("loss with running statistics")
                .isEqualTo(evaluated.running().lossSum() / 50);
        assertThat(read.compares()).as("figures to compare").isTrue();
    }

    @Test
    void everyRepetitionOfARoundIsKept() {
        history.on(start(0));
        history.on(new TrainingEvent.RoundRepeated(1, 10, "lost executor 3 at a:1"));
        history.on(new TrainingEvent.RoundRepeated(1, 10, "lost executor 4 at b:2"));
        history.on(round(1, 10, 20, 1.0));

        assertThat(HistoryReader.read(text.toString()).repeats())
                .containsExactly(
                        new HistoryEntry.Repeat(10, 1, "lost executor 3 at a:1"),
                        new HistoryEntry.Repeat(10, 1, "lost executor 4 at b:2"));
    }

    @Test
    void aStopIsReadBackUntilTheRunGoesOnAfterIt() {
        history.on(start(0));
        history.on(round(0, 0, 10, 1.0));
        history.on(new TrainingEvent.StoppedEarly(10, new Trend(0.75, 5, 3)));
        assertThat(HistoryReader.read(text.toString()).stop()).contains(new HistoryEntry.Stop(10, 0.75, 5, 3));

        history.on(start(10));
        history.on(round(1, 10, 20, 1.0));
        assertThat(HistoryReader.read(text.toString()).stop()).isEmpty();
    }

    @Test
    void theBestCheckpointIsTheLatestOfTheHighestAccuracyThatWasSavedAsItWasEvaluated() {
        history.on(start(0));
        for (int step : new int[] {10, 20, 30}) {
            history.on(new TrainingEvent.Evaluated(
                    step, 0, Split.VALIDATION, SampleReport.tally(50, step == 30 ? 9 : 3), 0.25));
            if (step < 30) {
                history.on(new TrainingEvent.Checkpointed(step, "step-" + step, 1, 1));
            }
        }

        assertThat(HistoryReader.read(text.toString()).best())
                .map(HistoryEntry.Evaluation::step)
                .contains(20L);
    }

    @Test
    void workThatAResumeRepeatsCountsOnce() {
        history.on(start(0));
        history.on(round(0, 0, 10, 1.0));
        history.on(round(1, 10, 20, 2.0));
        history.on(new TrainingEvent.Checkpointed(20, "lost", 1, 1));
        history.on(start(10));
        history.on(round(1, 10, 15, 3.0));
        history.on(round(2, 15, 25, 4.0));

        RunHistory read = HistoryReader.read(text.toString());
        assertThat(read.rounds()).extracting(TrainingEvent.RoundEnded::endStep).containsExactly(10L, 15L, 25L);
        assertThat(read.checkpoints()).isEmpty();
        assertThat(read.resumes()).isEqualTo(1);
    }

    @Test
    void aLineCutShortSpoilsOnlyItself() {
        history.on(start(0));
        history.on(round(0, 0, 10, 1.0));
        history.on(round(1, 10, 20, 1.0));
        text.setLength(text.length() - 30);
        history.on(start(10));
        history.on(round(1, 10, 20, 5.0));

        RunHistory read = HistoryReader.read(text.toString());
        assertThat(read.damagedLines()).isEqualTo(1);
        assertThat(read.rounds()).extracting(TrainingEvent.RoundEnded::seconds).containsExactly(1.0, 5.0);
    }

    @Test
    void notANumberBecomesNullAndComesBack() {
        history.on(round(0, 0, 10, Double.NaN));
        assertThat(text.toString()).contains("\"seconds\":null").doesNotContain("NaN");
        assertThat(HistoryReader.read(text.toString()).rounds().get(0).seconds())
                .isNaN();
    }

    @Test
    void jsonThatIsNoEntryIsCountedAsDamaged() {
        RunHistory read =
                HistoryReader.read("{}\n[1]\n{\"event\":\"round\"}\n{\"event\":\"start\",\"run\":1,\"step\":0.5}\n\n");
        assertThat(read.damagedLines()).isEqualTo(4);
        assertThat(read.entries()).isEmpty();
    }

    private static TrainingEvent start(long step) {
        return new TrainingEvent.TrainingStarted(new RunSummary("r", 40, 2, 2, 80, 10, "dl4j", "resnet18", 1, step));
    }

    private static TrainingEvent.RoundEnded round(long round, long first, long end, double seconds) {
        List<RankTiming> timings = List.of(new RankTiming(0, 0.1, 0.2, 0.3, 0.4));
        return new TrainingEvent.RoundEnded(
                round, first, end, 0, new StepResult(8.5, 3, 16), 0.1, 1e-7, seconds, timings);
    }
}
