package io.squadron.exchange.torch;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.exchange.TensorEntry;
import io.squadron.exchange.TensorFile;
import io.squadron.storage.Storage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that torch itself has written: docs/results/scripts/tiny_pth.py. */
class TorchFileTest {
    @ParameterizedTest
    @ValueSource(strings = {"tiny-zip.pth", "tiny-legacy.pth"})
    void tensorsReadAsTorchShowsThem(String name) {
        Map<String, float[]> found = new LinkedHashMap<>();
        Map<String, List<Integer>> shapes = new LinkedHashMap<>();
        try (TensorFile file = TorchFile.open(Storage.of(Map.of()), "src/test/resources/exchange/" + name)) {
            for (TensorEntry entry : file.entries()) {
                found.put(entry.name(), file.read(entry));
                shapes.put(entry.name(), entry.shape());
            }
        }
        assertThat(found.keySet())
                .as("names, by the way to them")
                .contains("state_dict.plain", "state_dict.parameter", "list.0");
        assertThat(found.get("state_dict.plain")).containsExactly(0f, 0.125f, 0.25f, 0.375f, 0.5f, 0.625f);
        assertThat(found.get("state_dict.shared"))
                .as("of the same storage")
                .containsExactly(0.5f, 0.625f, 0.75f, 0.875f);
        assertThat(shapes.get("state_dict.strided")).containsExactly(2, 4);
        assertThat(found.get("state_dict.strided"))
                .as("columns 1 and 2 of a 4 x 6 matrix")
                .containsExactly(0.125f, 0.875f, 1.625f, 2.375f, 0.25f, 1f, 1.75f, 2.5f);
        assertThat(found.get("state_dict.expanded")).as("stride 0").containsExactly(1.5f, 1.5f, 1.5f, 2.5f, 2.5f, 2.5f);
        assertThat(found.get("state_dict.half")).containsExactly(-0.5f, -0.25f, 0f, 0.25f);
        assertThat(found.get("state_dict.bfloat")[1]).isEqualTo(-2.5f);
        assertThat(found.get("state_dict.bfloat")[2]).isBetween(2.98e30f, 3.02e30f);
        assertThat(found.get("state_dict.double")).containsExactly(1f / 3, 1e-3f);
        assertThat(found.get("state_dict.long")).containsExactly(7f, -8f);
        assertThat(found.get("state_dict.scalar")).containsExactly(4.25f);
        assertThat(found.get("state_dict.empty")).isEmpty();
        assertThat(found.get("state_dict.parameter")).containsExactly(9f, 10f);
    }
}
