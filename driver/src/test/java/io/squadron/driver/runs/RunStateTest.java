package io.squadron.driver.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.driver.report.HistoryEntry;
import io.squadron.driver.report.RunHistory;
import io.squadron.driver.training.RunSummary;
import io.squadron.driver.training.TrainingEvent;
import io.squadron.engine.StepResult;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStateTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final HistoryEntry.Start START = new HistoryEntry.Start("r", 0, 10, 2);

    private final Storage storage = Storage.of(Map.of());

    @TempDir
    private Path run;

    @Test
    void aPulseLeavesWhatTheRunDidAndHowItEnded() {
        Pulse pulse = new Pulse(storage, run.toString(), new Pulse.Self("app-1", "host-1"), InstantSource.fixed(NOON));
        pulse.on(new TrainingEvent.TrainingStarted(new RunSummary("r", 10, 5, 2, 20, 2, "dl4j", "resnet18", 7, 4)));
        pulse.on(new TrainingEvent.RoundEnded(2, 4, 6, 2, new StepResult(3, 1, 8), 0.1, 0.1, 2, List.of()));
        assertThatThrownBy(() -> pulse.over(() -> {
                    throw Failure.data("Cannot go on");
                }))
                .hasMessage("Cannot go on");

        Heartbeat beat = RunState.heartbeat(storage, run.toString()).orElseThrow();
        assertThat(beat)
                .isEqualTo(
                        new Heartbeat(Heartbeat.Phase.FAILED, NOON, "app-1", "host-1", 6, 10, 3, 4.0, "Cannot go on"));
        assertThat(RunState.of(Optional.of(beat), RunHistory.empty(), NOON.plusSeconds(1_000_000)))
                .isEqualTo(new RunState(RunState.Kind.FAILED, "Cannot go on"));
    }

    @Test
    void aDriverThatMissesFiveBeatsIsDead() {
        Heartbeat beat = new Heartbeat(Heartbeat.Phase.RUNNING, NOON, "a", "h", 1, 10, 1, Double.NaN, "");

        assertThat(RunState.of(Optional.of(beat), RunHistory.empty(), NOON.plusSeconds(150))
                        .kind())
                .isEqualTo(RunState.Kind.RUNNING);
        RunState dead = RunState.of(Optional.of(beat), RunHistory.empty(), NOON.plusSeconds(240));
        assertThat(dead).isEqualTo(new RunState(RunState.Kind.DEAD, "no heartbeat for 4 min"));
    }

    @Test
    void withoutAHeartbeatTheHistoryTells() {
        assertThat(ofHistory(START, new HistoryEntry.Halt(4))).isEqualTo(RunState.Kind.STOPPED);
        assertThat(ofHistory(START, new HistoryEntry.Stop(6, 0.5, 2, 2))).isEqualTo(RunState.Kind.FINISHED);
        assertThat(ofHistory(START)).isEqualTo(RunState.Kind.DEAD);
        assertThat(ofHistory()).isEqualTo(RunState.Kind.DEAD);
    }

    @Test
    void aDamagedHeartbeatIsNamed() throws Exception {
        Files.writeString(run.resolve(Heartbeat.FILE), "{\"state\":\"runn");

        assertThatThrownBy(() -> RunState.heartbeat(storage, run.toString()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("heartbeat.json");
    }

    @Test
    void aRequestToStopStaysUntilItIsCleared() {
        StopRequest request = new StopRequest(storage, run.toString());
        assertThat(request.getAsBoolean()).as("before").isFalse();
        request.ask(NOON);
        request.ask(NOON);
        assertThat(request.getAsBoolean()).as("asked").isTrue();
        request.clear();
        request.clear();
        assertThat(request.getAsBoolean()).as("cleared").isFalse();
    }

    private static RunState.Kind ofHistory(HistoryEntry... entries) {
        return RunState.of(Optional.empty(), new RunHistory(List.of(entries), 0), NOON)
                .kind();
    }
}
