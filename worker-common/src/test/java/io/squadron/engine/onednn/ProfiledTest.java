package io.squadron.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.engine.Batch;
import io.squadron.engine.Profiled;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.model.ModelSpec;
import io.squadron.model.Role;
import io.squadron.testing.GoldenFill;
import io.squadron.testing.TinyModels;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProfiledTest {
    private static final int CLASSES = 5;
    private static final int COUNT = 4;

    private final ModelSpec spec = TinyModels.residual(CLASSES);
    private final Batch batch = new Batch(GoldenFill.images(COUNT, 3, 8, 0), GoldenFill.labels(COUNT, CLASSES));
    private final Session session = new OnednnEngine().open(spec, GoldenFill.weights(spec, 1), SessionOptions.plain());
    private final Profiled profiled = (Profiled) session;

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void lapsNameEveryPartOfAStepAndNoneTakesLongerThanTheWhole() {
        long before = System.nanoTime();
        session.step(batch);
        long whole = System.nanoTime() - before;
        Map<String, Long> laps = profiled.laps();
        assertThat(laps)
                .as("laps")
                .containsKeys("input", "weights in", "convolution forward", "batch norm forward", "loss")
                .containsKeys("convolution backward data", "convolution backward weights", "gradient");
        assertThat(laps.values().stream().mapToLong(Long::longValue).sum())
                .as("all laps")
                .isPositive()
                .isLessThanOrEqualTo(whole);
    }

    @Test
    void lapsAreThoseOfTheLastCallAlone() {
        session.step(batch);
        session.infer(batch.images());
        assertThat(profiled.laps())
                .as("laps")
                .containsKeys("convolution forward", "result out")
                .doesNotContainKeys("convolution backward data", "loss");
    }

    @Test
    void convolutionsAloneChangeNoLaterStep() {
        session.step(batch);
        float[] expected = session.gradient().clone();
        profiled.convolutionsAlone(Profiled.Pass.STEP, COUNT);
        profiled.convolutionsAlone(Profiled.Pass.INFERENCE, COUNT);
        assertThat(session.gradient()).as("gradient before the next step").isEqualTo(expected);
        session.step(batch);
        assertThat(session.gradient()).as("gradient").isEqualTo(expected);
    }

    @Test
    void reuseSavesMemoryAndInferenceNeedsLess() {
        Profiled.Footprint step = profiled.footprint(Profiled.Pass.STEP, COUNT);
        Profiled.Footprint inference = profiled.footprint(Profiled.Pass.INFERENCE, COUNT);
        assertThat(step.arena()).as("arena").isPositive().isLessThan(step.withoutReuse());
        assertThat(inference.arena()).as("arena of inference").isPositive().isLessThan(step.arena());
        assertThat(step.vectors())
                .as("bytes of all but convolutions, and of the gradients of batch norms")
                .isEqualTo(bytes(role -> role != Role.CONVOLUTION_WEIGHT)
                        + bytes(role -> role == Role.NORM_SCALE || role == Role.NORM_SHIFT));
    }

    private long bytes(Predicate<Role> wanted) {
        return spec.layout().slices().stream()
                .filter(slice -> wanted.test(slice.role()))
                .mapToLong(slice -> (long) Float.BYTES * slice.length())
                .sum();
    }
}
