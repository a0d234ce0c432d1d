package io.squadron.exchange.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.squadron.exchange.ModelFacts;
import io.squadron.exchange.PortableModel;
import io.squadron.exchange.TravellingModels;
import io.squadron.failure.Failure;
import io.squadron.model.Architectures;
import io.squadron.model.Head;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The judge is ONNX Runtime. */
class OnnxModelTest {
    /** Of the largest logit: both sides add float32 in another order. */
    private static final float TOLERANCE = 1e-4f;

    static Stream<String> architectures() {
        return Architectures.names().stream();
    }

    /** Half a gigabyte for the largest, twice: asked for with {@code -Dexport.all=true}. */
    @EnabledIfSystemProperty(named = "export.all", matches = "true")
    @ParameterizedTest
    @MethodSource("architectures")
    void everyArchitectureGivesTheSameLogits(String architecture) throws OrtException, IOException {
        requireSame(TravellingModels.of(architecture), Set.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet18", "resnext50_32x4d", "googlenet"})
    void logitsAreOurs(String architecture) throws OrtException, IOException {
        requireSame(TravellingModels.of(architecture), Set.of());
    }

    @Test
    void alexnetWithItsNormsAndAverageOverUnevenBins() throws OrtException, IOException {
        requireSame(TravellingModels.of("alexnet_lrn", Head.linear(), 140), Set.of());
    }

    @Test
    void preprocessingInsideAndProbabilitiesBeside() throws OrtException, IOException {
        PortableModel model = TravellingModels.of("resnet18", new Head.Hidden(16, 0.5f), 32);
        requireSame(model, Set.of(OnnxModel.Extra.PREPROCESSING, OnnxModel.Extra.PROBABILITIES));
    }

    @Test
    void theFileTellsWhatItIs() throws OrtException, IOException {
        PortableModel model = TravellingModels.of("resnet18");
        try (OrtSession session = session(model, Set.of())) {
            Map<String, String> about = session.getMetadata().getCustomMetadata();
            assertThat(about)
                    .containsEntry("labels", "[\"cat\",\"dog\",\"fée\"]")
                    .containsEntry("mean", "[0.1, 0.2, 0.3]")
                    .containsEntry("size", "64")
                    .containsEntry("resize", "72");
            assertThat(about.get("squadron")).contains("\"run\":\"runs/first\"");
        }
    }

    @Test
    void weightsBeyondTwoGibibytesAreRefused() {
        assertThatThrownBy(() -> OnnxModel.requireFits("giant", 536_870_000))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(
                        "2147480000 bytes (expected at most 2146435071 in one file). Export it as safetensors");
    }

    private static void requireSame(PortableModel model, Set<OnnxModel.Extra> extras) throws OrtException, IOException {
        try (OrtSession session = session(model, extras)) {
            for (int count : new int[] {1, 3}) {
                byte[] pixels = TravellingModels.pixels(count, model.facts().size());
                float[] expected = TravellingModels.logits(model, pixels, count);
                requireSame(session, input(model.facts(), extras, pixels, count), expected);
            }
        }
    }

    private static void requireSame(OrtSession session, OnnxTensor input, float[] expected) throws OrtException {
        String name = session.getInputNames().iterator().next();
        try (input;
                OrtSession.Result result = session.run(Map.of(name, input))) {
            float[] found = values(result, OnnxModel.LOGITS);
            assertThat(found).as("logits").hasSize(expected.length);
            float largest = 0;
            for (float each : expected) {
                largest = Math.max(largest, Math.abs(each));
            }
            assertThat(largest).as("largest logit").isGreaterThan(1e-3f);
            assertThat(found).as("logits").containsExactly(expected, offset(TOLERANCE * largest));
            if (session.getOutputNames().contains(OnnxModel.PROBABILITIES)) {
                float[] shares = values(result, OnnxModel.PROBABILITIES);
                assertThat(shares[0] + shares[1] + shares[2]).as("sum").isCloseTo(1f, offset(1e-5f));
            }
        }
    }

    private static float[] values(OrtSession.Result result, String name) {
        FloatBuffer buffer = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    private static OnnxTensor input(ModelFacts facts, Set<OnnxModel.Extra> extras, byte[] pixels, int count)
            throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long size = facts.size();
        if (extras.contains(OnnxModel.Extra.PREPROCESSING)) {
            long[] shape = {count, size, size, 3};
            ByteBuffer bytes =
                    ByteBuffer.allocateDirect(pixels.length).put(pixels).flip();
            return OnnxTensor.createTensor(environment, bytes, shape, OnnxJavaType.UINT8);
        }
        long[] shape = {count, 3, size, size};
        return OnnxTensor.createTensor(environment, FloatBuffer.wrap(TravellingModels.planes(facts, pixels)), shape);
    }

    private static OrtSession session(PortableModel model, Set<OnnxModel.Extra> extras)
            throws OrtException, IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        OnnxModel.write(model, extras, file);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            return OrtEnvironment.getEnvironment().createSession(file.toByteArray(), options);
        }
    }
}
