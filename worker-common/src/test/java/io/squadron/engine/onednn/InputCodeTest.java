package io.squadron.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.squadron.engine.Images;
import io.squadron.engine.NetworkInput;
import io.squadron.engine.Normalisation;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.model.Layer;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import io.squadron.model.Shape;
import io.squadron.testing.GoldenFill;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes are normalised inside the plan as the table of all 256 values says. */
class InputCodeTest {
    // Values up to 2.7, rounded twice more than in the table: three roundings of 1.2e-7.
    private static final float TOLERANCE = 5e-7f;

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void everyByteBecomesWhatTheTableHolds(int channels) {
        Shape shape = new Shape(channels, 24, 40);
        Normalisation normalisation = new Normalisation(
                List.of(0.485f, 0.456f, 0.406f).subList(0, channels),
                List.of(0.229f, 0.224f, 0.225f).subList(0, channels));
        byte[] bytes = new byte[5 * shape.elements()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        Images images = new Images.Bytes(bytes, 5, 24, 40, channels);
        float[] expected = new float[bytes.length];
        new NetworkInput(shape, normalisation).write(images, 0, 5, expected);

        ModelSpec spec = new ModelSpec(
                "pass",
                shape,
                List.of(
                        new Node("same", new Layer.Concat(), List.of(ModelSpec.INPUT)),
                        new Node("pool", new Layer.GlobalAveragePool(), List.of("same")),
                        new Node("fc", new Layer.Dense(channels, 2, true), List.of("pool"))));
        try (Session session = new OnednnEngine()
                .open(spec, GoldenFill.weights(spec, 1), SessionOptions.plain().withNormalisation(normalisation))) {
            assertThat(session.features(images, "same"))
                    .as("what enters the network")
                    .containsExactly(expected, within(TOLERANCE));
        }
    }
}
