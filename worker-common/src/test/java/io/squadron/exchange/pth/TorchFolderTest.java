package io.squadron.exchange.pth;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.exchange.FloatBytes;
import io.squadron.exchange.ModelFile;
import io.squadron.exchange.PortableModel;
import io.squadron.exchange.TravellingModels;
import io.squadron.model.Architectures;
import io.squadron.storage.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Writes what docs/results/scripts/export_torch.py reads: into the folder named by {@code -Dexport.torch}. */
@EnabledIfSystemProperty(named = "export.torch", matches = ".+")
class TorchFolderTest {
    @Test
    void filesOfArchitecturesLieThere() throws IOException {
        Path folder = Files.createDirectories(Path.of(System.getProperty("export.torch")));
        String chosen = System.getProperty("export.names", String.join(",", Architectures.names()));
        for (String name : List.of(chosen.split(",", -1))) {
            PortableModel model = TravellingModels.of(name);
            byte[] pixels = TravellingModels.pixels(2, TravellingModels.SIZE);
            try (OutputStream out = Files.newOutputStream(folder.resolve(name + ".pth"))) {
                StateDictFile.write(model, out);
            }
            ModelFile.write(
                    Storage.of(Map.of()), folder.resolve(name + ".safetensors").toString(), model);
            Files.write(folder.resolve(name + ".input"), FloatBytes.of(TravellingModels.planes(model.facts(), pixels)));
            Files.write(folder.resolve(name + ".logits"), FloatBytes.of(TravellingModels.logits(model, pixels, 2)));
            assertThat(folder.resolve(name + ".pth")).isNotEmptyFile();
        }
    }
}
