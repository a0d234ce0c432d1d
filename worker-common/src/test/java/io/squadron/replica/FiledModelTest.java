package io.squadron.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.engine.Compute;
import io.squadron.engine.Images;
import io.squadron.engine.Inference;
import io.squadron.exchange.ModelFile;
import io.squadron.exchange.TravellingModels;
import io.squadron.storage.Storage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiledModelTest {
    private static final Storage STORAGE = Storage.of(Map.of());

    @TempDir
    private Path folder;

    @Test
    void answersComeInTheOrderAskedForAndUnknownClassesNeverWin() {
        String uri = folder.resolve("model.safetensors").toString();
        ModelFile.write(STORAGE, uri, TravellingModels.of("resnet18"));
        float[] own = answers(uri, List.of("cat", "dog", "fée"));
        float[] other = answers(uri, List.of("emu", "fée", "cat"));

        assertThat(own).as("logits of two images").hasSize(6);
        assertThat(other).as("in another order").containsExactly(-1e30f, own[2], own[0], -1e30f, own[5], own[3]);
    }

    private static float[] answers(String uri, List<String> classes) {
        try (Inference model = new FiledModel(uri, classes, "onednn", STORAGE).open(Compute.plain())) {
            return model.infer(images());
        }
    }

    private static Images images() {
        int size = TravellingModels.SIZE;
        return new Images.Bytes(TravellingModels.pixels(2, size), 2, size, size, 3);
    }
}
