package io.squadron.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.storage.Storage;
import io.squadron.storage.StoredFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train --from IMAGES --cache DIRECTORY}: no dataset was prepared by hand. */
class TrainFromSourceTest {
    private final Storage storage = Storage.of(Map.of());

    @TempDir
    private Path folder;

    @Test
    void imagesArePreparedOnceAndTheNextRunTakesWhatIsThereUnlessTheyChange() {
        RealJobs.draw(storage, at("images"), 12, List.of("circle", "square"));
        Terminal first = RealJobs.small(command("first"), "training.epochs=1");
        assertThat(first.exitCode()).as("exit code: %s", first).isZero();
        assertThat(first.err()).as("progress").contains("preparing " + at("images") + " into " + at("cache"));
        assertThat(storage.directories(at("cache"))).as("datasets").hasSize(1);
        List<StoredFile> before = shards();

        Terminal second = plan("second");
        assertThat(second.exitCode()).as("exit code: %s", second).isZero();
        assertThat(second.err())
                .as("progress")
                .contains(dataset() + ", prepared before")
                .doesNotContain("preparing");
        assertThat(storage.directories(at("cache"))).as("datasets").hasSize(1);
        assertThat(shards()).as("shards, by their times").isEqualTo(before);

        // The run remembers what it was trained on.
        Terminal evaluated = RealJobs.run("evaluate", "--run", at("runs/first"));
        assertThat(evaluated.exitCode()).as("exit code: %s", evaluated).isZero();
        assertThat(evaluated.out()).as("result").contains("images: accuracy");

        RealJobs.draw(storage, at("images"), 1, List.of("triangle"));
        Terminal grown = plan("third");
        assertThat(grown.err()).as("progress").contains("warning: no validation image of ");
        assertThat(storage.directories(at("cache")))
                .as("datasets, now that the images are others: %s", grown)
                .hasSize(2);
    }

    private Terminal plan(String run) {
        List<String> command = new ArrayList<>(command(run));
        command.add("--dry-run");
        return RealJobs.small(command);
    }

    private List<String> command(String run) {
        return List.of("train", "--from", at("images"), "--cache", at("cache"), "--run", at("runs/" + run));
    }

    private String dataset() {
        return Storage.child(at("cache"), storage.directories(at("cache")).get(0));
    }

    private List<StoredFile> shards() {
        return storage.list(Storage.child(dataset(), "shards"));
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }
}
