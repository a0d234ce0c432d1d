package io.squadron.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.exchange.NamedFloats;
import io.squadron.exchange.PretrainedChoice;
import io.squadron.exchange.PretrainedCopy;
import io.squadron.exchange.safetensors.SafetensorsWriter;
import io.squadron.failure.Failure;
import io.squadron.model.Architectures;
import io.squadron.model.Initialisation;
import io.squadron.model.ModelOptions;
import io.squadron.model.ModelSpec;
import io.squadron.model.Shape;
import io.squadron.model.Weights;
import io.squadron.storage.Storage;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitialWeightsTest {
    private static final Storage STORAGE = Storage.of(Map.of());
    private static final ModelSpec SPEC = Architectures.build("resnet18", ModelOptions.of(new Shape(3, 64, 64), 10));

    @TempDir
    Path folder;

    private static InitialWeights from(Path file, int freshDepth) {
        return new InitialWeights(
                Initialisation.HE_NORMAL_FAN_OUT,
                5,
                InitialWeights.ResidualStart.ONE,
                new InitialWeights.Pretrained(
                        file.toString(), new PretrainedChoice(PretrainedCopy.TRAINED, freshDepth)));
    }

    @Test
    void aFileIsLaidOverWhatTheSeedGives() {
        Weights trained = Initialisation.HE_NORMAL_FAN_OUT.weights(SPEC, 77);
        Path file = folder.resolve("weights.safetensors");
        SafetensorsWriter.write(STORAGE, file.toString(), NamedFloats.of(trained), Map.of());
        assertThat(from(file, 0).of(SPEC, STORAGE).values()).isEqualTo(trained.values());
        Weights begun = from(file, 1).of(SPEC, STORAGE);
        assertThat(begun.slice("layer4.1.conv2.weight")).isEqualTo(trained.slice("layer4.1.conv2.weight"));
        assertThat(begun.slice("fc.weight"))
                .isEqualTo(Initialisation.HE_NORMAL_FAN_OUT.weights(SPEC, 5).slice("fc.weight"));
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> from(folder.resolve("gone.pth"), 0).of(SPEC, STORAGE))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("gone.pth: it does not exist");
    }
}
