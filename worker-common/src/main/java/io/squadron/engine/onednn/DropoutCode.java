package io.squadron.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import io.squadron.engine.Batch;
import io.squadron.engine.DropoutMask;
import io.squadron.engine.SessionOptions;
import io.squadron.model.Layer;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import java.nio.FloatBuffer;
import java.util.Set;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;

/** The dropouts and stochastic depths of a session: in training a product with factors that Java draws, otherwise nothing. */
final class DropoutCode {
    private final long seed;
    private final Set<String> acting;
    private Batch.Place place = Batch.Place.START;

    DropoutCode(ModelSpec spec, SessionOptions options) {
        this.seed = options.seed();
        this.acting = DropoutMask.acting(spec, options.freeze());
    }

    /** Where the batch of the next step stands. */
    void at(Batch.Place next) {
        place = next;
    }

    Emitted emit(Scene scene, Node node) {
        if (!scene.wiring().training() || !acting.contains(node.name())) {
            return ShapeCode.nothing(scene, node);
        }
        Assembly assembly = scene.assembly();
        String input = node.inputs().get(0);
        Tensor source = scene.value(input);
        long[] sides = scene.sides(input);
        boolean whole = node.layer() instanceof Layer.StochasticDepth;
        Tensor factors = assembly.own(whole ? Layouts.plain(sides[0], 1, 1, 1) : Layouts.plain(sides));
        FloatBuffer native32 = Layouts.floats(factors.memory());
        DropoutMask mask = DropoutMask.of(seed, node);
        float[] drawn = new float[native32.capacity()];
        int elements = drawn.length / (int) sides[0];
        assembly.emit("dropout mask", () -> {
            for (int n = 0; n < sides[0]; n++) {
                mask.draw(place, n, drawn, n * elements, elements);
            }
            native32.put(0, drawn);
        });
        Tensor result = product(assembly, source, factors, "dropout forward");
        return new Emitted(result, slope -> {
            if (scene.wiring().flows(input)) {
                scene.give(input, product(assembly, slope, factors, "dropout backward"));
            }
        });
    }

    /** Factors are float32 and plain, whatever {@code source} is: a primitive takes both as they are. */
    private static Tensor product(Assembly assembly, Tensor source, Tensor factors, String kind) {
        Tensor result = assembly.tensor(source.desc());
        var description = new binary.primitive_desc(
                assembly.engine(),
                dnnl.algorithm.binary_mul.value,
                source.desc(),
                factors.desc(),
                result.desc(),
                assembly.attributes(),
                false);
        Args args = new Args()
                .with(DNNL_ARG_SRC_0, source)
                .with(DNNL_ARG_SRC_1, factors)
                .with(DNNL_ARG_DST, result);
        assembly.emit(kind, new binary(description), description, args);
        return result;
    }
}
