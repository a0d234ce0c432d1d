package io.squadron.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import io.squadron.model.Layer;
import io.squadron.model.Node;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.inner_product_backward_data;
import org.bytedeco.dnnl.inner_product_backward_weights;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;

/** A dense layer, in float32 and plain layouts: its weights are read, and its gradient left, where the flat weights lie. */
final class DenseCode {
    private final Scene scene;
    private final Assembly assembly;
    private final String name;
    private final String input;
    private final Layer.Dense layer;
    private final memory.desc bias;
    private final Tensor weights;
    private final Tensor source;
    private final memory.desc sourceDesc;
    private final memory.desc resultDesc;
    private inner_product_forward.primitive_desc forward;

    DenseCode(Scene scene, Node node, Layer.Dense layer) {
        this.scene = scene;
        this.assembly = scene.assembly();
        this.name = node.name();
        this.input = node.inputs().get(0);
        this.layer = layer;
        long batch = scene.sides(name)[0];
        this.bias = layer.bias() ? Layouts.plain(layer.out()) : new memory.desc();
        this.weights = scene.weight(name + ".weight", layer.out(), layer.in());
        this.source = scene.matrix(scene.value(input), scene.sides(input));
        this.sourceDesc = Layouts.plain(batch, layer.in());
        this.resultDesc = Layouts.plain(batch, layer.out());
    }

    Emitted emit() {
        forward = new inner_product_forward.primitive_desc(
                assembly.engine(),
                dnnl.prop_kind.forward_training.value,
                sourceDesc,
                weights.desc(),
                bias,
                resultDesc,
                assembly.attributes(),
                false);
        Tensor result = assembly.tensor(resultDesc);
        Args args = new Args()
                .with(DNNL_ARG_SRC, source)
                .with(DNNL_ARG_WEIGHTS, weights)
                .with(DNNL_ARG_DST, result);
        if (layer.bias()) {
            args.with(DNNL_ARG_BIAS, scene.weight(name + ".bias", layer.out()));
        }
        assembly.emit("dense forward", new inner_product_forward(forward), forward, args);
        return new Emitted(assembly.view(result, Layouts.plain(scene.sides(name))), this::backward);
    }

    private void backward(Tensor slope) {
        Tensor above = scene.matrix(slope, scene.sides(name));
        Optional<Tensor> below = scene.wiring().flows(input) ? Optional.of(backwardData(above)) : Optional.empty();
        // Last: it takes the place of the weights.
        if (scene.wiring().trained(name)) {
            backwardWeights(above);
        }
        below.ifPresent(tensor -> scene.give(input, assembly.view(tensor, Layouts.plain(scene.sides(input)))));
    }

    private void backwardWeights(Tensor above) {
        var description = new inner_product_backward_weights.primitive_desc(
                assembly.engine(), sourceDesc, weights.desc(), bias, resultDesc, forward, assembly.attributes(), false);
        Args args = new Args()
                .with(DNNL_ARG_SRC, source)
                .with(DNNL_ARG_DIFF_DST, above)
                .with(DNNL_ARG_DIFF_WEIGHTS, scene.gradient(name + ".weight", layer.out(), layer.in()));
        if (layer.bias()) {
            args.with(DNNL_ARG_DIFF_BIAS, scene.gradient(name + ".bias", layer.out()));
        }
        assembly.emit("dense backward weights", new inner_product_backward_weights(description), description, args);
    }

    private Tensor backwardData(Tensor above) {
        var description = new inner_product_backward_data.primitive_desc(
                assembly.engine(), sourceDesc, weights.desc(), resultDesc, forward, assembly.attributes(), false);
        Tensor below = assembly.tensor(sourceDesc);
        Args args = new Args()
                .with(DNNL_ARG_DIFF_DST, above)
                .with(DNNL_ARG_WEIGHTS, weights)
                .with(DNNL_ARG_DIFF_SRC, below);
        assembly.emit("dense backward data", new inner_product_backward_data(description), description, args);
        return below;
    }
}
