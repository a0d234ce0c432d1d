package io.squadron.driver.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.squadron.driver.training.RankTiming;
import io.squadron.driver.training.RunSummary;
import io.squadron.driver.training.TrainingEvent;
import io.squadron.driver.training.TrainingListener;
import io.squadron.engine.StepResult;
import io.squadron.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path run;

    @Test
    void theChecksumIsThatOfThePublishedVectors() {
        // RFC 3720, B.4: 32 bytes of zeros have the CRC-32C 0x8A9136AA; the mask is undone here.
        int masked = EventFile.masked(new byte[32]) - 0xa282ead8;
        assertThat((masked << 15) | (masked >>> 17)).as("CRC-32C").isEqualTo(0x8A9136AA);
    }

    @Test
    void aRoundBecomesScalarsThatOthersCanRead() throws IOException {
        try (TensorBoard board = board(NOON)) {
            start(board, 0);
            board.on(round());
            assertThat(EventFile.read(files().get(0)))
                    .as("readable while the run goes on")
                    .hasSize(12);
        }

        List<EventFile.Event> events = EventFile.read(files().get(0));
        double time = NOON.getEpochSecond();
        assertThat(events.get(0)).as("first").isEqualTo(new EventFile.Event(time, 0, "brain.Event:2", 0));
        assertThat(events.get(1)).as("start").isEqualTo(new EventFile.Event(time, 0, "session", 1));
        assertThat(value(events, "train/loss")).isCloseTo(0.75, within(1e-6));
        assertThat(value(events, "train/accuracy")).isCloseTo(0.25, within(1e-6));
        assertThat(value(events, "train/learning_rate")).isCloseTo(0.1, within(1e-6));
        assertThat(value(events, "speed/images_per_second")).isCloseTo(4, within(1e-6));
        assertThat(value(events, "time/gradient_wait_seconds")).isCloseTo(0.5, within(1e-6));
        assertThat(events.subList(2, events.size()))
                .allSatisfy(each -> assertThat(each.step()).as(each.what()).isEqualTo(300));
    }

    @Test
    void eachStartHasAFileOfItsOwnInTheOrderOfTheirNames() throws IOException {
        try (TensorBoard first = board(NOON)) {
            start(first, 0);
        }
        try (TensorBoard second = board(NOON.plusNanos(1_000))) {
            start(second, 200);
        }

        assertThat(files()).as("files").hasSize(2);
        assertThat(EventFile.read(files().get(1)).get(1))
                .as("the first step that is void, should an earlier file have it")
                .extracting(EventFile.Event::step)
                .isEqualTo(201L);
    }

    @Test
    void aRunGoesOnWhereEventsCannotBeWritten() throws IOException {
        Path file = Files.writeString(run.resolve("file"), "in the way", StandardCharsets.UTF_8);
        try (TensorBoard board = new TensorBoard(Storage.of(Map.of()), file.toString(), InstantSource.fixed(NOON))) {
            start(board, 0);
            board.on(round());
        }
        assertThat(file).hasContent("in the way");
    }

    private TensorBoard board(Instant now) {
        return new TensorBoard(Storage.of(Map.of()), run.toString(), InstantSource.fixed(now));
    }

    private static void start(TrainingListener listener, long step) {
        listener.on(
                new TrainingEvent.TrainingStarted(new RunSummary("r", 10, 5, 2, 20, 2, "dl4j", "resnet18", 7, step)));
    }

    private static TrainingEvent round() {
        return new TrainingEvent.RoundEnded(
                2,
                298,
                300,
                2,
                new StepResult(6, 2, 8),
                0.2,
                0.1,
                2,
                List.of(new RankTiming(0, 0, 1, 0, 0.25), new RankTiming(1, 0, 1, 0, 0.75)));
    }

    private static double value(List<EventFile.Event> events, String tag) {
        return events.stream()
                .filter(each -> each.what().equals(tag))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(run)) {
            return all.filter(each -> each.getFileName().toString().startsWith("events.out.tfevents."))
                    .sorted()
                    .toList();
        }
    }
}
