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
import org.bytedeco.dnnl.lrn_backward;
import org.bytedeco.dnnl.lrn_forward;

/** Local response norm across channels. */
final class LrnCode {
    private static final int ACROSS = dnnl.algorithm.lrn_across_channels.value;

    private final Scene scene;
    private final Assembly assembly;
    private final String name;
    private final String input;
    private final Layer.LocalResponseNorm layer;
    private final Tensor source;

    private LrnCode(Scene scene, Node node, Layer.LocalResponseNorm layer) {
        this.scene = scene;
        this.assembly = scene.assembly();
        this.name = node.name();
        this.input = node.inputs().get(0);
        this.layer = layer;
        this.source = scene.value(input);
    }

    static Emitted emit(Scene scene, Node node, Layer.LocalResponseNorm layer) {
        if (layer.size() % 2 == 0) {
            // torch has the odd channel before the middle, the library leaves it out.
            throw Compiler.unable(node, "this engine has no response norm over an even number of channels");
        }
        return new LrnCode(scene, node, layer).emit();
    }

    private Emitted emit() {
        boolean flows = scene.wiring().flows(name);
        var forward = new lrn_forward.primitive_desc(
                assembly.engine(),
                (flows ? dnnl.prop_kind.forward_training : dnnl.prop_kind.forward_inference).value,
                ACROSS,
                source.desc(),
                source.desc(),
                layer.size(),
                layer.alpha(),
                layer.beta(),
                layer.k(),
                assembly.attributes(),
                false);
        Tensor result = assembly.tensor(source.desc());
        Optional<Tensor> workspace = assembly.workspace(forward);
        Args args = new Args().with(DNNL_ARG_SRC, source).with(DNNL_ARG_DST, result);
        workspace.ifPresent(tensor -> args.with(DNNL_ARG_WORKSPACE, tensor));
        assembly.emit("response norm forward", new lrn_forward(forward), forward, args);
        return new Emitted(result, slope -> backward(forward, workspace, slope));
    }

    private void backward(lrn_forward.primitive_desc forward, Optional<Tensor> workspace, Tensor slope) {
        if (!scene.wiring().flows(input)) {
            return;
        }
        var description = new lrn_backward.primitive_desc(
                assembly.engine(),
                ACROSS,
                source.desc(),
                source.desc(),
                source.desc(),
                layer.size(),
                layer.alpha(),
                layer.beta(),
                layer.k(),
                forward,
                assembly.attributes(),
                false);
        Tensor below = assembly.tensor(source.desc());
        Args args = new Args()
                .with(DNNL_ARG_SRC, source)
                .with(DNNL_ARG_DIFF_DST, assembly.as(slope, source.desc()))
                .with(DNNL_ARG_DIFF_SRC, below);
        workspace.ifPresent(tensor -> args.with(DNNL_ARG_WORKSPACE, tensor));
        assembly.emit("response norm backward", new lrn_backward(description), description, args);
        scene.give(input, below);
    }
}
