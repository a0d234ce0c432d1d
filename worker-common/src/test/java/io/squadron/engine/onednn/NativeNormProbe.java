package io.squadron.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.engine.BackwardOrder;
import io.squadron.engine.GradientListener;
import io.squadron.engine.NormSync;
import io.squadron.engine.ProbedNorm;
import io.squadron.model.Freeze;
import io.squadron.model.Layer;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import io.squadron.model.Shape;
import io.squadron.model.Weights;
import io.squadron.testing.GoldenFill;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.memory;

/**
 * Runs one batch norm of the engine alone, forward and backward, with given slopes from above.
 *
 * @param layout of what enters
 */
public record NativeNormProbe(Channels layout) implements ProbedNorm.Probe {
    private static final String BELOW = "below";

    /** How the input lies in memory. */
    public enum Channels {
        APART,
        IN_BLOCKS
    }

    @Override
    public ProbedNorm run(int channels, float[] x, float[] dy, int[] shape, long seed, NormSync sync) {
        Layer.BatchNorm layer = Layer.BatchNorm.of(channels);
        ModelSpec spec = spec(layer, new Shape(channels, shape[2], shape[3]));
        Weights weights = GoldenFill.weights(spec, seed);
        float[] gradients = new float[weights.values().length];
        TrainedNorm norm = new TrainedNorm("0", layer, sync, weights);
        try (Natives natives = new Natives(spec.layout(), 1)) {
            Supply supply = new Supply(weights, natives);
            assertThat(supply.load()).as("finite weights").isTrue();
            Delivery delivery = new Delivery(
                    BackwardOrder.of(spec, Freeze.none()), natives.crew(), gradients, GradientListener.none());
            Ground ground = new Ground(
                    spec.shapes(), supply, natives.gradients(), Map.of("0", norm), memory.data_type.f32, delivery);
            float[][] results = run(natives, ground, spec, x, dy);
            norm.updateRunning();
            return new ProbedNorm(results[0], results[1], weights, gradients);
        }
    }

    /** The norm above a layer that is trained, so that slopes flow through it. */
    private static ModelSpec spec(Layer.BatchNorm layer, Shape shape) {
        int channels = layer.channels();
        Layer below = new Layer.Convolution(channels, channels, Layer.Window.square(1, 1, 0), 1, false);
        return new ModelSpec(
                "norm",
                shape,
                List.of(new Node(BELOW, below, List.of(ModelSpec.INPUT)), new Node("0", layer, List.of(BELOW))));
    }

    /** y and dx. */
    private float[][] run(Natives natives, Ground ground, ModelSpec spec, float[] x, float[] dy) {
        int batch = x.length / spec.input().elements();
        try (Assembly assembly = new Assembly(natives.cpu(), natives.queue())) {
            Scene scene = new Scene(assembly, ground, Wiring.training(spec, Freeze.none()), batch);
            long[] sides = scene.sides("0");
            Tensor in = filled(assembly, sides, x);
            Tensor out = assembly.own(Layouts.plain(sides));
            Tensor below = assembly.own(Layouts.plain(sides));
            scene.value(BELOW, layout == Channels.APART ? in : assembly.as(in, blocked(sides)));
            Node node = spec.node("0");
            Emitted emitted = new NormCode(scene, node, (Layer.BatchNorm) node.layer(), Tail.of(scene, node)).emit();
            assembly.copy(emitted.result(), out);
            emitted.backward().accept(filled(assembly, sides, dy));
            assembly.copy(scene.take(BELOW).orElseThrow(), below);
            scene.deliver("0");
            try (Program program = assembly.program()) {
                program.run(natives.arena(), new Meter());
                return new float[][] {copy(out, x.length), copy(below, x.length)};
            }
        }
    }

    private static memory.desc blocked(long[] sides) {
        return new memory.desc(sides, memory.data_type.f32, memory.format_tag.aBcd16b);
    }

    private static Tensor filled(Assembly assembly, long[] sides, float[] values) {
        Tensor tensor = assembly.own(Layouts.plain(sides));
        Layouts.floats(tensor.memory()).put(0, values);
        return tensor;
    }

    private static float[] copy(Tensor tensor, int length) {
        float[] values = new float[length];
        Layouts.floats(tensor.memory()).get(0, values);
        return values;
    }
}
