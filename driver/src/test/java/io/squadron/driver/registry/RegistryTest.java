package io.squadron.driver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {
    @TempDir
    private Path folder;

    private Registry registry;

    @BeforeEach
    void open() {
        registry = Registry.at(Storage.of(Map.of()), folder.toString());
    }

    @Test
    void aNewRegistryHasNeitherNightsNorAModel() {
        assertThat(registry.nights()).as("nights").isEmpty();
        assertThat(registry.pointer()).as("pointer").isEqualTo(Pointer.nowhere());
        assertThat(registry.holdOut()).as("hold-out").isEqualTo(HoldOut.empty());
        assertThatThrownBy(registry::promoted).as("promoted").hasMessageContaining("none yet");
        assertThatThrownBy(() -> registry.pointer().before()).as("before").isInstanceOf(Failure.class);
    }

    @Test
    void everyRecordComesBackAsItWas() {
        Night night = registry.night("monday");
        Comparison comparison = new Comparison(
                10, Double.NaN, 0.5, 1, 2, -0.25, 0.125, List.of(new Comparison.OfClass("a", 5, -1, 2)), List.of("no"));
        List<Stage> stages = List.of(
                new Stage.Begun("monday", "2026-11-23T02:00:00Z", "1.0", "", "{\"squadron\":{}}"),
                new Stage.Delivered("d", "f", "k", 7, 3, 1, List.of("a", "b")),
                new Stage.Trained("m", "hash", "r", Map.of("seed", "1")),
                new Stage.Compared(comparison),
                new Stage.Ended(Stage.Outcome.REJECTED, 11, "no", "2026-11-23T03:00:00Z"));
        stages.forEach(night::commit);
        stages.forEach(stage -> assertThat(night.find(stage.getClass()))
                .as("%s", stage)
                .hasValueSatisfying(found -> assertThat((Object) found).isEqualTo(stage)));
        assertThat(registry.nights()).as("nights").containsExactly(night);
        assertThat(RegistryTable.of(registry)).as("table").contains("monday", "rejected", "+3", "0.5000", "no");
    }

    @Test
    void thePointerMovesForwardAndBack() {
        registry.point(registry.pointer().to("a", "1", Pointer.Why.PROMOTED));
        registry.point(registry.pointer().to("b", "2", Pointer.Why.PROMOTED));
        assertThat(registry.pointer().before()).as("before b").isEqualTo("a");
        registry.point(registry.pointer().to("a", "3", Pointer.Why.ROLLED_BACK));
        assertThat(registry.pointer().model()).as("after the rollback").isEqualTo("a");
        assertThatThrownBy(() -> registry.pointer().before())
                .as("nothing was promoted before the first; a rollback is no promotion")
                .hasMessageContaining("nothing was promoted before it");
        registry.point(registry.pointer().to("c", "4", Pointer.Why.PROMOTED));
        assertThat(registry.pointer().before()).as("before c").isEqualTo("a");
        assertThat(registry.pointer().knows("b")).as("b is known").isTrue();
        assertThat(registry.promoted()).as("promoted").endsWith("models/c/model.safetensors");
        assertThat(RegistryTable.of(registry)).as("table").contains("rolled back from b to a at 3", "promoted: c");
    }

    @Test
    void aDamagedRecordIsNamed() {
        Storage storage = registry.storage();
        storage.publish(Storage.child(registry.directory(), "promoted.json"), new byte[] {'{'});
        assertThatThrownBy(registry::pointer)
                .as("pointer")
                .isInstanceOf(Failure.class)
                .hasMessageContaining("promoted.json")
                .hasMessageContaining("damaged");
    }
}
