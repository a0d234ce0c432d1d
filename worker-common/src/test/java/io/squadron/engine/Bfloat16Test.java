package io.squadron.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.squadron.model.Architectures;
import io.squadron.model.ModelOptions;
import io.squadron.model.ModelSpec;
import io.squadron.model.Role;
import io.squadron.model.Shape;
import io.squadron.model.Slice;
import io.squadron.model.Weights;
import io.squadron.testing.GoldenFill;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What bfloat16 may cost: held against the same engine in float32. Needs a CPU that computes with it. */
class Bfloat16Test {
    private static final int CLASSES = 10;

    /** With smaller images the last batch norms see a dozen values, and magnify every rounding. */
    private static final int SIZE = 96;

    private final Engine engine = TestedEngines.named("onednn");

    @BeforeEach
    void onlyWhereTheCpuHasIt() {
        assumeTrue(engine.precision(Precision.AUTO) == Precision.BFLOAT16, "this CPU has no bfloat16");
    }

    /** bfloat16 keeps 8 bits: an error of 2^-9 a rounding, which adds up through the layers. */
    @ParameterizedTest
    @ValueSource(strings = {"resnet18", "resnet50", "googlenet", "alexnet"})
    void logitsAndLossStayNearThoseOfFloat32(String architecture) {
        ModelSpec spec = Architectures.build(architecture, ModelOptions.of(new Shape(3, SIZE, SIZE), CLASSES));
        Batch batch = new Batch(GoldenFill.images(4, 3, SIZE, 1), GoldenFill.labels(4, CLASSES));
        try (Session exact = open(spec, Precision.FLOAT32);
                Session rough = open(spec, Precision.BFLOAT16)) {
            float[] expected = exact.infer(batch.images());
            float[] found = rough.infer(batch.images());
            float largest = 0;
            for (float logit : expected) {
                largest = Math.max(largest, Math.abs(logit));
            }
            assertThat(found).as("logits of %s", architecture).isNotEqualTo(expected);
            for (int i = 0; i < expected.length; i++) {
                assertThat(found[i])
                        .as("logit %d of %s", i, architecture)
                        .isCloseTo(expected[i], within(3e-2f * largest));
            }
            // Batch norms over four images magnify roundings: torch's own autocast moves googlenet's loss by up to
            // 2.7%.
            double loss = exact.step(batch).lossSum();
            assertThat(rough.step(batch).lossSum())
                    .as("training loss of %s", architecture)
                    .isCloseTo(loss, within(6e-2 * loss));
        }
    }

    @Test
    void gradientsPointTheSameWay() {
        ModelSpec spec = Architectures.build("resnet18", ModelOptions.of(new Shape(3, 64, 64), CLASSES));
        Batch batch = new Batch(GoldenFill.images(4, 3, 64, 1), GoldenFill.labels(4, CLASSES));
        try (Session exact = open(spec, Precision.FLOAT32);
                Session rough = open(spec, Precision.BFLOAT16)) {
            exact.step(batch);
            rough.step(batch);
            for (Slice slice : spec.layout().slices()) {
                if (slice.role() == Role.CONVOLUTION_WEIGHT || slice.role() == Role.DENSE_WEIGHT) {
                    assertThat(cosine(slice, exact.gradient(), rough.gradient()))
                            .as("cosine of the gradients of %s", slice.name())
                            .isGreaterThan(0.9);
                }
            }
        }
    }

    @Test
    void theSameStepGivesTheSameBits() {
        ModelSpec spec = Architectures.build("resnet18", ModelOptions.of(new Shape(3, 32, 32), CLASSES));
        Batch batch = new Batch(GoldenFill.images(4, 3, 32, 1), GoldenFill.labels(4, CLASSES));
        try (Session one = open(spec, Precision.BFLOAT16);
                Session other = open(spec, Precision.BFLOAT16)) {
            StepResult first = one.step(batch);
            assertThat(other.step(batch)).as("results").isEqualTo(first);
            assertThat(other.gradient()).as("gradients").isEqualTo(one.gradient());
        }
    }

    private Session open(ModelSpec spec, Precision precision) {
        Weights weights = GoldenFill.weights(spec, 1);
        return engine.open(spec, weights, SessionOptions.plain().withPrecision(precision));
    }

    private static double cosine(Slice slice, float[] one, float[] other) {
        double product = 0;
        double first = 0;
        double second = 0;
        for (int i = slice.offset(); i < slice.end(); i++) {
            product += (double) one[i] * other[i];
            first += (double) one[i] * one[i];
            second += (double) other[i] * other[i];
        }
        return product / Math.sqrt(first * second);
    }
}
