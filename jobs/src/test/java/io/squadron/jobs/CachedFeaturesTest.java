package io.squadron.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.squadron.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A head that is trained on cached features learns what it would have learned on the images. */
class CachedFeaturesTest {
    private static final Storage STORAGE = Storage.of(Map.of());
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static String dataset;

    @BeforeAll
    static void prepare() {
        dataset = folder.resolve("dataset").toUri().toString();
        String images = folder.resolve("images").toUri().toString();
        RealJobs.draw(STORAGE, images, 16, List.of("circle", "square", "triangle"));
        Terminal prepared = RealJobs.small(List.of("prepare", "--from", images, "--out", dataset));
        assertThat(prepared.exitCode()).as("exit code of prepare: %s", prepared).isZero();
    }

    @Test
    void aFrozenBodyIsComputedOnceForEachLookAndTheLossesStay() throws IOException {
        String[] frozen = {"training.engine=onednn", "model.freeze-depth=5", "model.head=hidden", "model.head-units=16"
        };
        List<Double> computed = losses("computed", frozen);
        List<Double> cached = losses("cached", with(frozen, "phases.features=cached", "phases.looks=2"));
        assertSame(cached, computed);
    }

    @Test
    void fineTuningGoesFromFeaturesToImages() throws IOException {
        String[] recipe = {"training.engine=onednn", "phases.recipe=fine-tune", "phases.head=1ep"};
        List<Double> computed = losses("tuned", recipe);
        List<Double> cached = losses("tuned-cached", with(recipe, "phases.features=cached"));
        assertSame(cached, computed);
    }

    @Test
    void withoutAFrozenBodyThereIsNothingToCache() {
        Terminal trained = train("whole", "training.engine=onednn", "phases.features=cached");
        assertThat(trained.exitCode()).as("exit code: %s", trained).isEqualTo(2);
        assertThat(trained.err())
                .as("error")
                .contains("Cannot cache features of resnet18: no phase has a frozen body", "model.freeze-depth");
    }

    private static void assertSame(List<Double> cached, List<Double> computed) {
        assertThat(cached)
                .as("losses of evaluations and rounds")
                .hasSameSizeAs(computed)
                .hasSizeGreaterThan(3);
        for (int i = 0; i < cached.size(); i++) {
            assertThat(cached.get(i))
                    .as("loss %d, the same sums in float32 in another order", i)
                    .isCloseTo(computed.get(i), within(1e-4 * computed.get(i)));
        }
    }

    private static String[] with(String[] settings, String... more) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static Terminal train(String name, String... settings) {
        String run = folder.resolve(name).toUri().toString();
        return RealJobs.small(List.of("train", "--dataset", dataset, "--run", run), settings);
    }

    /** Every loss in the history of a run with these settings. */
    private static List<Double> losses(String name, String... settings) throws IOException {
        Terminal trained = train(name, settings);
        assertThat(trained.exitCode()).as("exit code of train: %s", trained).isZero();
        String run = folder.resolve(name).toUri().toString();
        assertThat(STORAGE.exists(run + "/features"))
                .as("features are cleared away")
                .isFalse();
        List<Double> losses = new ArrayList<>();
        String history = new String(STORAGE.read(run + "/history.jsonl"), StandardCharsets.UTF_8);
        for (String line : history.lines().toList()) {
            JsonNode event = JSON.readTree(line);
            for (String key : List.of("loss", "lossSum")) {
                if (event.has(key)) {
                    losses.add(event.path(key).asDouble());
                }
            }
        }
        return losses;
    }
}
