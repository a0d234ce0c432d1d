package io.squadron.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.squadron.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that ask questions by training, on real Spark and images drawn for the purpose. */
class ExperimentsTest {
    @TempDir
    private static Path home;

    private static String dataset;

    @BeforeAll
    static void prepare() {
        String images = home.resolve("images").toUri().toString();
        dataset = home.resolve("dataset").toUri().toString();
        RealJobs.draw(Storage.of(Map.of()), images, 10, List.of("circle", "star"));
        Terminal prepared = RealJobs.small(List.of("prepare", "--from", images, "--out", dataset));
        assertThat(prepared.exitCode()).as(prepared.err()).isZero();
    }

    @Test
    void aSweepComparesItsSeedsOutlivesAFailureAndIsNotTrainedTwice() throws IOException {
        String out = home.resolve("sweep").toUri().toString();
        List<String> command = List.of(
                "sweep",
                "--dataset",
                dataset,
                "--grid",
                "optimiser.learning-rate=0.001,1e30",
                "--seeds",
                "1,2",
                "--out",
                out);

        List<String> listing = new ArrayList<>(command);
        listing.add("--dry-run");
        Terminal listed = small(listing);
        assertThat(listed.out()).contains("2 settings, 4 runs", "learning-rate=0.001_seed=2-");
        assertThat(home.resolve("sweep")).doesNotExist();

        Terminal swept = small(command);
        assertThat(swept.exitCode()).as(swept.err()).isZero();
        assertThat(swept.out()).contains("learning-rate=1e30 (2 failed)", "comparison.html");
        JsonNode settings = comparison().path("settings");
        assertThat(settings.get(0).at("/setting/optimiser.learning-rate").asText())
                .isEqualTo("0.001");
        assertThat(settings.get(0).at("/best-accuracy/count").asInt()).isEqualTo(2);
        assertThat(settings.get(1).at("/runs/0/reason").asText()).contains("gradient");
        String page = Files.readString(home.resolve("sweep/comparison.html"));
        assertThat(page).contains("Settings, best first", "gradient");

        Terminal again = small(command);
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.err()).as("steps of finished runs").doesNotContain("learning-rate=0.001_seed=1: ");
        assertThat(comparison().path("settings").get(0)).isEqualTo(settings.get(0));
        assertThat(checkpoints("learning-rate=0.001_seed=1")).isEqualTo(1);
    }

    @Test
    void aRunIsRepeatedBitForBitAndADepartureIsFound() throws IOException {
        String run = home.resolve("run").toUri().toString();
        Terminal trained = small(List.of("train", "--dataset", dataset, "--run", run));
        assertThat(trained.exitCode()).as(trained.err()).isZero();

        Terminal same = RealJobs.run("reproduce", run);
        assertThat(same.exitCode()).as(same.err()).isZero();
        assertThat(same.out()).contains("Bit for bit", "losses of 2 steps");
        assertThat(same.err()).contains("nothing that is recorded differs here");

        Path losses = home.resolve("run/losses/round-000000.csv");
        Files.writeString(losses, Files.readString(losses).replaceFirst("\n1,[^,]*,", "\n1,0.25,"));
        Terminal departed = RealJobs.run("reproduce", run);
        assertThat(departed.exitCode()).isEqualTo(7);
        assertThat(departed.err()).contains("departs at step 1");
    }

    @Test
    void aRangeTestWritesItsCurve() throws IOException {
        String out = home.resolve("rates.html").toUri().toString();
        Terminal found = small(List.of(
                "lr-find", "--dataset", dataset, "--from", "1e-5", "--to", "1e-1", "--steps", "6", "--out", out));

        assertThat(found.exitCode()).as(found.err()).isZero();
        assertThat(found.out()).contains("steps could be read", "rates.html");
        assertThat(Files.readString(home.resolve("rates.html"))).contains("Loss over the learning rate", "<svg");
    }

    private static Terminal small(List<String> command) {
        return RealJobs.small(command, "training.engine=auto", "training.epochs=1", "report.examples=0");
    }

    private static JsonNode comparison() throws IOException {
        return new ObjectMapper().readTree(home.resolve("sweep/comparison.json").toFile());
    }

    private static long checkpoints(String run) throws IOException {
        try (Stream<Path> all = Files.walk(home.resolve("sweep"))) {
            return all.filter(each -> each.toString().contains(run)
                            && each.getFileName().toString().equals("checkpoint.json"))
                    .count();
        }
    }
}
