package io.squadron.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.squadron.image.Decoder;
import io.squadron.image.EvaluationTransform;
import io.squadron.image.Image;
import io.squadron.image.Interpolation;
import io.squadron.image.JpegFiles;
import io.squadron.image.Transform;
import io.squadron.model.Architectures;
import io.squadron.model.ModelOptions;
import io.squadron.model.ModelSpec;
import io.squadron.model.Shape;
import io.squadron.random.RandomStream;
import io.squadron.testing.GoldenFill;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The whole way from a JPEG to logits, beside Pillow's and torchvision's. */
class FileToLogitsTest {
    private static final RandomStream NONE = RandomStream.of(0, "not asked");
    private final Decoder decoder = Decoder.standard();

    /** 1e-2 of the largest logit is what the whole way is held to; what remains is the engine's own rounding. */
    @Test
    void theSameFileGivesTorchvisionsLogits() {
        JsonNode golden = JpegFiles.read("logits.json");
        int crop = golden.get("crop").asInt();
        ModelSpec spec = Architectures.build(
                "resnet18",
                ModelOptions.of(new Shape(3, crop, crop), golden.get("classes").asInt()));
        SessionOptions options = SessionOptions.plain()
                .withNormalisation(new Normalisation(floats(golden.get("mean")), floats(golden.get("deviation"))));
        try (Session session = TestedEngines.named("onednn")
                .open(spec, GoldenFill.weights(spec, golden.get("seed").asInt()), options)) {
            for (JsonNode each : golden.get("cases")) {
                Transform transform =
                        new EvaluationTransform(golden.get("resize").asInt(), crop, filter(each));
                Image image = transform.apply(decoder.open(JpegFiles.bytes(each.get("file"))), NONE);
                float[] found = session.infer(new Images.Bytes(image.pixels(), 1, crop, crop, 3));
                List<Float> expected = floats(each.get("logits"));
                float scale =
                        expected.stream().map(Math::abs).max(Float::compare).orElseThrow();
                for (int i = 0; i < found.length; i++) {
                    assertThat(found[i])
                            .as("logit %d, %s", i, each.get("interpolation"))
                            .isCloseTo(expected.get(i), within(0.01f * scale));
                }
            }
        }
    }

    private static Interpolation filter(JsonNode each) {
        return Interpolation.valueOf(each.get("interpolation").asText().toUpperCase(Locale.ROOT));
    }

    private static List<Float> floats(JsonNode numbers) {
        List<Float> all = new ArrayList<>();
        numbers.forEach(each -> all.add((float) each.asDouble()));
        return all;
    }
}
