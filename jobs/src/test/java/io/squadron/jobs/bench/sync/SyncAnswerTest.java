package io.squadron.jobs.bench.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.squadron.failure.Failure;
import io.squadron.jobs.bench.sync.SyncAnswer.Round;
import io.squadron.jobs.bench.sync.SyncAnswer.Sums;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncAnswerTest {
    private static final SyncQuestion QUESTION = new SyncQuestion("resnet18", 16, 64, "float32", 5, 3, 1);

    private static Round round(double seconds) {
        return new Round(seconds, seconds - 0.3, 0.5, 0.25);
    }

    private final SyncAnswer answer = new SyncAnswer(
            QUESTION,
            0.5,
            new Sums(100_000_000, 0.2, 0.05),
            Map.of(
                    Arm.ALONE, List.of(round(9), round(8), round(40)),
                    Arm.EXACT, List.of(round(10), round(30), round(9)),
                    Arm.LOCAL, List.of(round(8), round(8), round(8))));

    @Test
    void ratiosAreThoseOfMedians() {
        assertThat(answer.imagesPerSecond(Arm.EXACT)).as("80 images in 10 s").isEqualTo(8);
        assertThat(answer.twoOfOne()).as("9 s against 10").isCloseTo(0.9, within(1e-12));
        assertThat(answer.priceOfExact()).as("10 s against 8").isCloseTo(0.25, within(1e-12));
        assertThat(answer.sparksShare()).as("0.3 s of 30").isCloseTo(0.01, within(1e-12));
        assertThat(answer.sums().ratio()).as("50 ms against 200").isCloseTo(0.25, within(1e-12));
    }

    @Test
    void theTableAndTheJsonSayThem(@TempDir Path folder) throws Exception {
        assertThat(SyncTable.of(answer))
                .as("table")
                .contains("two executors against one with both cores: 0.900")
                .contains("exact batch norm takes longer than local: 25.0%")
                .contains("no work of a rank, of a round of 30 s: 1.00%")
                .contains(
                        "sum of 100.0 MB: 200.0 ms, 0.50 GB/s each way; a plain pair of sockets: 50.0 ms, 2.00 GB/s; ratio 0.25");
        Path file = folder.resolve("sync.json");
        SyncJson.write(answer, file);
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.get("twoExecutorsOfOne").asDouble()).as("ratio").isCloseTo(0.9, within(1e-12));
        assertThat(json.get("rounds").get("two executors, exact batch norm"))
                .as("rounds")
                .hasSize(3);
    }

    @Test
    void aQuestionThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> new SyncQuestion("resnet18", 1, 64, "float32", 5, 3, 1))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("a batch of 1 (expected 2 to 4096)");
    }

    @Test
    void aSumBetweenTwoProcessesIsMeasuredBesidePlainSockets() throws Exception {
        Sums sums = SumsBench.run(300_000);
        assertThat(sums.bytes()).as("bytes").isEqualTo(1_200_000);
        assertThat(sums.ours()).as("seconds").isPositive();
        assertThat(sums.plain()).as("seconds of plain sockets").isPositive();
    }
}
