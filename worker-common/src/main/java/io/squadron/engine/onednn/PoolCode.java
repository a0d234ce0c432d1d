package io.squadron.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import io.squadron.model.Layer;
import io.squadron.model.Node;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;

/** Maxima and means over windows. */
final class PoolCode {
    private static final long[] DENSE = {0, 0};

    private final Scene scene;
    private final Assembly assembly;
    private final String name;
    private final String input;
    private final int algorithm;
    private final long[] kernel;
    private final long[] strides;
    private final long[] before;
    private final long[] after;
    private final Tensor source;

    private PoolCode(Scene scene, Node node, Layer.Window w, dnnl.algorithm kind) {
        this.scene = scene;
        this.assembly = scene.assembly();
        this.name = node.name();
        this.input = node.inputs().get(0);
        this.algorithm = kind.value;
        this.kernel = new long[] {w.kernelHeight(), w.kernelWidth()};
        this.strides = new long[] {w.strideHeight(), w.strideWidth()};
        this.before = new long[] {w.padHeight(), w.padWidth()};
        this.after = new long[] {after(0), after(1)};
        this.source = scene.value(input);
    }

    static Emitted max(Scene scene, Node node, Layer.MaxPool layer) {
        return new PoolCode(scene, node, layer.window(), dnnl.algorithm.pooling_max).emit();
    }

    static Emitted average(Scene scene, Node node, Layer.AveragePool layer) {
        PoolCode code = new PoolCode(scene, node, layer.window(), dnnl.algorithm.pooling_avg_include_padding);
        if (code.after[0] > code.before[0] || code.after[1] > code.before[1]) {
            // The library divides by the whole window; torch leaves out what lies beyond the padding.
            return BinsCode.windows(scene, node, layer.window());
        }
        return code.emit();
    }

    static Emitted global(Scene scene, Node node) {
        long[] sides = scene.sides(node.inputs().get(0));
        int height = (int) sides[2];
        int width = (int) sides[3];
        Layer.Window all = new Layer.Window(height, width, height, width, 0, 0);
        return new PoolCode(scene, node, all, dnnl.algorithm.pooling_avg_exclude_padding).emit();
    }

    /** Padding behind the image: what the last window needs; less than before it, even negative, if pixels are left over. */
    private long after(int side) {
        long in = scene.sides(input)[2 + side];
        long out = scene.sides(name)[2 + side];
        return (out - 1) * strides[side] + kernel[side] - in - before[side];
    }

    private Emitted emit() {
        boolean flows = scene.wiring().flows(name);
        var forward = new pooling_forward.primitive_desc(
                assembly.engine(),
                (flows ? dnnl.prop_kind.forward_training : dnnl.prop_kind.forward_inference).value,
                algorithm,
                source.desc(),
                Layouts.any(source.desc().get_data_type(), scene.sides(name)),
                strides,
                kernel,
                DENSE,
                before,
                after,
                assembly.attributes(),
                false);
        Tensor result = assembly.tensor(forward.dst_desc());
        Optional<Tensor> workspace = assembly.workspace(forward);
        Args args = new Args().with(DNNL_ARG_SRC, source).with(DNNL_ARG_DST, result);
        workspace.ifPresent(tensor -> args.with(DNNL_ARG_WORKSPACE, tensor));
        assembly.emit("pool forward", new pooling_forward(forward), forward, args);
        return new Emitted(result, slope -> backward(forward, workspace, result.desc(), slope));
    }

    private void backward(
            pooling_forward.primitive_desc forward, Optional<Tensor> workspace, memory.desc layout, Tensor slope) {
        if (!scene.wiring().flows(input)) {
            return;
        }
        var description = new pooling_backward.primitive_desc(
                assembly.engine(),
                algorithm,
                source.desc(),
                layout,
                strides,
                kernel,
                DENSE,
                before,
                after,
                forward,
                assembly.attributes(),
                false);
        Tensor below = assembly.tensor(source.desc());
        Args args =
                new Args().with(DNNL_ARG_DIFF_DST, assembly.as(slope, layout)).with(DNNL_ARG_DIFF_SRC, below);
        workspace.ifPresent(tensor -> args.with(DNNL_ARG_WORKSPACE, tensor));
        assembly.emit("pool backward", new pooling_backward(description), description, args);
        scene.give(input, below);
    }
}
