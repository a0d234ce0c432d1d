package io.squadron.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.driver.checkpoint.CheckpointStore;
import io.squadron.driver.checkpoint.LatestCheckpoint;
import io.squadron.engine.Normalisation;
import io.squadron.exchange.ModelFacts;
import io.squadron.exchange.ModelFile;
import io.squadron.exchange.PortableModel;
import io.squadron.image.Interpolation;
import io.squadron.model.AuxiliaryHeads;
import io.squadron.model.Head;
import io.squadron.model.Initialisation;
import io.squadron.model.ModelOptions;
import io.squadron.model.Slice;
import io.squadron.model.Variation;
import io.squadron.model.Weights;
import io.squadron.replica.SavedState;
import io.squadron.replica.StateFiles;
import io.squadron.storage.Storage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that starts from the weights of another, with other classes. */
class PretrainedTest {
    private static final Storage STORAGE = Storage.of(Map.of());

    @TempDir
    private static Path folder;

    private static String dataset;

    @BeforeAll
    static void prepare() {
        dataset = uri("dataset");
        RealJobs.draw(STORAGE, uri("images"), 12, List.of("circle", "square", "triangle"));
        Terminal prepared = RealJobs.small(List.of("prepare", "--from", uri("images"), "--out", dataset));
        assertThat(prepared.exitCode()).as("exit code of prepare: %s", prepared).isZero();
    }

    private static String uri(String name) {
        return folder.resolve(name).toUri().toString();
    }

    @Test
    void aFrozenBodyStaysThatOfTheFileAndAResumeNeedsTheFileNoMore() {
        Weights pretrained = write(uri("model.safetensors"));
        String run = uri("run");
        String[] settings = {
            "training.engine=onednn",
            "model.freeze-depth=5",
            "input.normalisation=pretrained",
            "model.pretrained=" + uri("model.safetensors")
        };
        Terminal planned = RealJobs.small(List.of("train", "--dry-run", "--dataset", dataset, "--run", run), settings);
        assertThat(planned.out()).as("plan").contains("fc.weight").contains("8 steps");

        Terminal trained = RealJobs.small(List.of("train", "--dataset", dataset, "--run", run), settings);
        assertThat(trained.exitCode()).as("exit code of train: %s", trained).isZero();
        assertBody(run, pretrained);

        assertThat(STORAGE.delete(uri("model.safetensors")))
                .as("the file is gone")
                .isTrue();
        Terminal resumed = RealJobs.small(List.of("train", "--resume", "--dataset", dataset, "--run", run), settings);
        assertThat(resumed.exitCode()).as("exit code of resume: %s", resumed).isZero();
        assertThat(resumed.err()).as("progress").contains("resuming at step 8");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Terminal trained = RealJobs.small(
                List.of("train", "--dataset", dataset, "--run", uri("nothing")),
                "model.pretrained=" + uri("absent.safetensors"));
        assertThat(trained.exitCode()).as("exit code: %s", trained).isBetween(2, 5);
        assertThat(trained.err()).as("error").contains("absent.safetensors");
    }

    private static Weights write(String uri) {
        ModelFacts facts = new ModelFacts(
                "resnet18",
                ModelOptions.Stem.STANDARD,
                AuxiliaryHeads.NONE,
                Head.linear(),
                Variation.none(),
                List.of("one", "two", "three", "four", "five"),
                32,
                32,
                Interpolation.BILINEAR,
                new Normalisation(List.of(0.4f, 0.5f, 0.6f), List.of(0.2f, 0.2f, 0.2f)));
        Weights weights = Initialisation.HE_NORMAL_FAN_OUT.weights(facts.spec(), 77);
        ModelFile.write(STORAGE, uri, new PortableModel(facts, weights, Map.of("made-by", "a test")));
        return weights;
    }

    private static void assertBody(String run, Weights pretrained) {
        LatestCheckpoint latest = new CheckpointStore(STORAGE, run).latest();
        assertThat(latest).isInstanceOf(LatestCheckpoint.Found.class);
        SavedState state = ((LatestCheckpoint.Found) latest).checkpoint().state();
        ModelFacts facts = ((LatestCheckpoint.Found) latest).checkpoint().model();
        assertThat(facts.normalisation().mean()).as("means of the file").containsExactly(0.4f, 0.5f, 0.6f);
        Weights found = Weights.zeros(facts.spec().layout());
        new StateFiles(STORAGE).read(state, List.of("weights"), List.of(found.values()));
        for (Slice slice : found.layout().slices()) {
            if (!slice.node().equals("fc")) {
                assertThat(Arrays.equals(found.slice(slice.name()), pretrained.slice(slice.name())))
                        .as("%s is that of the file", slice.name())
                        .isTrue();
            }
        }
        assertThat(found.layout().slice("fc.weight").shape()).as("new head").containsExactly(3, 512);
    }
}
