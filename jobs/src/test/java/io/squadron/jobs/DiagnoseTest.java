package io.squadron.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.storage.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run on a few drawn pictures: the curve's key is obeyed, and what came of it is looked into. */
class DiagnoseTest {
    @TempDir
    Path directory;

    private String at(String name) {
        return directory.resolve(name).toString();
    }

    private String prepared(String name, List<String> classes) {
        RealJobs.draw(Storage.of(Map.of()), at("images-" + name), 10, classes);
        Terminal prepared = RealJobs.small(List.of("prepare", "--from", at("images-" + name), "--out", at(name)));
        assertThat(prepared.exitCode()).as("exit code; %s", prepared.err()).isZero();
        return at(name);
    }

    @Test
    void aRunOnFewOfEachClassIsLookedInto() throws Exception {
        String old = prepared("old", List.of("circle", "star"));
        String fresh = prepared("fresh", List.of("ring", "square", "triangle"));
        List<String> train = List.of("train", "--dataset", old, "--run", at("run"));
        Terminal trained = RealJobs.small(train, "sampling.per-class=3", "training.epochs=1");
        assertThat(trained.exitCode()).as("exit code; %s", trained.err()).isZero();
        assertThat(trained.err()).as("progress").contains("6 images in 2 classes");

        Terminal looked =
                RealJobs.run("diagnose", "--run", at("run"), "--against", fresh, "--without", "norms", "--images", "4");
        assertThat(looked.exitCode()).as("exit code; %s", looked.err()).isZero();
        assertThat(looked.out()).as("findings").contains("fresh lies up to", "deviations from old", "diagnosis: ");
        assertThat(Files.readString(directory.resolve("run/diagnosis.html")))
                .as("page")
                .contains("Domain shift", "Gradient norm", "fresh, without norms", "layer4.1.conv2")
                .doesNotContain("NaN");

        Terminal evaluated = RealJobs.run(
                "evaluate", "--run", at("run"), "--dataset", old, "--out", at("report"), "--split", "train");
        assertThat(evaluated.exitCode()).as("exit code; %s", evaluated.err()).isZero();
        assertThat(Files.readString(directory.resolve("report/report.html")))
                .as("report")
                .contains("Map of the train images", "What the network looked at", "what spoke for star");
    }
}
