package io.squadron.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.engine.Normalisation;
import io.squadron.exchange.safetensors.SafetensorsWriter;
import io.squadron.failure.Failure;
import io.squadron.image.Interpolation;
import io.squadron.model.AuxiliaryHeads;
import io.squadron.model.Dropout;
import io.squadron.model.Head;
import io.squadron.model.Initialisation;
import io.squadron.model.ModelOptions;
import io.squadron.model.Variation;
import io.squadron.model.Weights;
import io.squadron.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
    private final Storage storage = Storage.of(Map.of());

    @TempDir
    Path folder;

    static ModelFacts facts(String architecture, Head head) {
        return facts(architecture, head, Variation.none());
    }

    private static ModelFacts facts(String architecture, Head head, Variation variation) {
        return new ModelFacts(
                architecture,
                ModelOptions.Stem.STANDARD,
                AuxiliaryHeads.NONE,
                head,
                variation,
                List.of("cat", "dog", "fée"),
                64,
                56,
                Interpolation.BICUBIC,
                new Normalisation(List.of(0.1f, 0.2f, 0.3f), List.of(0.4f, 0.5f, 0.6f)));
    }

    @Test
    void aModelComesBackAsItWasWritten() {
        ModelFacts facts = facts("resnet18", new Head.Hidden(16, 0.25f));
        Weights weights = Initialisation.HE_NORMAL_FAN_OUT.weights(facts.spec(), 5);
        String uri = folder.resolve("model.safetensors").toString();
        ModelFile.write(storage, uri, new PortableModel(facts, weights, Map.of("run", "runs/first")));
        PortableModel back = ModelFile.read(storage, uri);
        assertThat(back.facts()).isEqualTo(facts);
        assertThat(back.weights().values()).isEqualTo(weights.values());
        assertThat(back.provenance()).containsExactly(Map.entry("run", "runs/first"));
    }

    @Test
    void howANetworkDepartsFromThePublishedOneComesBack() {
        Variation plain = new Variation(Variation.Skips.OFF, Variation.Norms.OFF, 0, new Dropout.Share(0.3f));
        ModelFacts facts = facts("resnet18", Head.linear(), plain);
        assertThat(ModelFactsJson.fromJson(ModelFactsJson.toJson(facts))).isEqualTo(facts);
        ModelFacts published = facts("resnet18", Head.linear());
        assertThat(ModelFactsJson.toJson(published).path("variation").has("dropout"))
                .as("a line that earlier versions did not write")
                .isFalse();
        assertThat(ModelFactsJson.fromJson(ModelFactsJson.toJson(published))).isEqualTo(published);
    }

    @Test
    void aFileThatLacksATensorIsRefusedByName() {
        ModelFacts facts = facts("resnet18", Head.linear());
        Weights weights = Weights.zeros(facts.spec().layout());
        PortableModel model = new PortableModel(facts, weights, Map.of());
        List<NamedFloats> all = NamedFloats.of(weights);
        String uri = folder.resolve("model.safetensors").toString();
        SafetensorsWriter.write(storage, uri, all.subList(1, all.size()), ModelFile.metadata(model));
        assertThatThrownBy(() -> ModelFile.read(storage, uri))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("'conv1.weight' is missing (expected shape [64, 3, 7, 7]");
    }

    @Test
    void aFileWhoseWeightsWereChangedIsRefused() throws IOException {
        ModelFacts facts = facts("resnet18", Head.linear());
        Path file = folder.resolve("model.safetensors");
        ModelFile.write(
                storage,
                file.toString(),
                new PortableModel(facts, Weights.zeros(facts.spec().layout()), Map.of()));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 5] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> ModelFile.read(storage, file.toString()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("its weights are not those that were written (SHA-256)");
    }

    @Test
    void aFileOfOthersIsNoModel() {
        String uri = folder.resolve("other.safetensors").toString();
        SafetensorsWriter.write(
                storage, uri, List.of(new NamedFloats("x", List.of(1), new float[1], 0)), Map.of("format", "pt"));
        assertThatThrownBy(() -> ModelFile.read(storage, uri))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("Bring it in with import first");
    }
}
