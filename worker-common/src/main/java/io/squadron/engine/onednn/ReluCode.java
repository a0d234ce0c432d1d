package io.squadron.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import io.squadron.model.Node;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** A ReLU that stands alone, and the way back through any ReLU, for which its result is enough. */
final class ReluCode {
    private static final int RELU = dnnl.algorithm.eltwise_relu_use_dst_for_bwd.value;

    private ReluCode() {}

    static Emitted emit(Scene scene, Node node) {
        Assembly assembly = scene.assembly();
        String input = node.inputs().get(0);
        Tensor source = scene.value(input);
        Tensor result = assembly.tensor(source.desc());
        var description = forward(assembly, source.desc());
        Args args = new Args().with(DNNL_ARG_SRC, source).with(DNNL_ARG_DST, result);
        assembly.emit("relu forward", new eltwise_forward(description), description, args);
        return new Emitted(result, slope -> {
            if (scene.wiring().flows(input)) {
                scene.give(input, backward(scene, result, slope));
            }
        });
    }

    /** The gradient before a ReLU, given what left it; in the place of {@code slope} if nobody else wants that. */
    static Tensor backward(Scene scene, Tensor result, Tensor slope) {
        Assembly assembly = scene.assembly();
        memory.desc layout = result.desc();
        Tensor above = assembly.as(slope, layout);
        Tensor below = scene.mayOverwrite(slope) ? above : assembly.tensor(layout);
        below.overwritten();
        var description = new eltwise_backward.primitive_desc(
                assembly.engine(),
                RELU,
                layout,
                layout,
                layout,
                0f,
                0f,
                forward(assembly, layout),
                assembly.attributes(),
                false);
        Args args = new Args()
                .with(DNNL_ARG_DST, result)
                .with(DNNL_ARG_DIFF_DST, above)
                .with(DNNL_ARG_DIFF_SRC, below);
        assembly.emit("relu backward", new eltwise_backward(description), description, args);
        return below;
    }

    private static eltwise_forward.primitive_desc forward(Assembly assembly, memory.desc layout) {
        return new eltwise_forward.primitive_desc(
                assembly.engine(),
                dnnl.prop_kind.forward_training.value,
                RELU,
                layout,
                layout,
                0f,
                0f,
                assembly.attributes(),
                false);
    }
}
