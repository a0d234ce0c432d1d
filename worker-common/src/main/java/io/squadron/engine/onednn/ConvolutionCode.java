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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;

/** A convolution, with the ReLU after it if there is one. The library chooses every layout. */
final class ConvolutionCode {
    private static final int DIRECT = dnnl.algorithm.convolution_direct.value;

    private final Scene scene;
    private final Assembly assembly;
    private final String name;
    private final String input;
    private final Layer.Convolution layer;
    private final Tail tail;
    private final long[] strides;
    private final long[] pads;
    private final memory.desc anySource;
    private final memory.desc anyWeights;
    private final memory.desc anyResult;
    private final memory.desc bias;
    private final List<Tensor> arranged = new ArrayList<>();
    private convolution_forward.primitive_desc forward;
    private Tensor source;
    private Tensor result;

    ConvolutionCode(Scene scene, Node node, Layer.Convolution layer, Tail tail) {
        this.scene = scene;
        this.assembly = scene.assembly();
        this.name = node.name();
        this.input = node.inputs().get(0);
        this.layer = layer;
        this.tail = tail;
        Layer.Window w = layer.window();
        this.strides = new long[] {w.strideHeight(), w.strideWidth()};
        this.pads = new long[] {w.padHeight(), w.padWidth()};
        this.anySource = Layouts.any(scene.type(), scene.sides(input));
        this.anyWeights = Layouts.any(scene.type(), weightSides());
        this.anyResult = Layouts.any(scene.type(), scene.sides(name));
        this.bias = layer.bias() ? Layouts.plain(layer.out()) : new memory.desc();
    }

    /** [out, in, kh, kw], or [groups, out / groups, in / groups, kh, kw]. */
    private long[] weightSides() {
        Layer.Window w = layer.window();
        int groups = layer.groups();
        int in = layer.in() / groups;
        return groups == 1
                ? new long[] {layer.out(), in, w.kernelHeight(), w.kernelWidth()}
                : new long[] {groups, layer.out() / groups, in, w.kernelHeight(), w.kernelWidth()};
    }

    private Tensor arrival() {
        return scene.arrival(name + ".weight", weightSides());
    }

    /** The weights as a primitive wants them. They arrive anew for each layout: kept plain, they would take room all the while. */
    private Tensor weights(memory.desc wanted) {
        return arranged.stream()
                .filter(tensor -> tensor.desc().equals(wanted))
                .findFirst()
                .orElseGet(() -> {
                    Tensor made = assembly.as(arrival(), wanted);
                    arranged.add(made);
                    return made;
                });
    }

    Emitted emit() {
        boolean flows = scene.wiring().flows(name);
        TailCode after = new TailCode(scene, tail);
        forward = new convolution_forward.primitive_desc(
                assembly.engine(),
                (flows ? dnnl.prop_kind.forward_training : dnnl.prop_kind.forward_inference).value,
                DIRECT,
                anySource,
                anyWeights,
                bias,
                anyResult,
                strides,
                pads,
                pads,
                assembly.attributes(after.operations()),
                false);
        source = assembly.as(scene.value(input), forward.src_desc());
        result = assembly.tensor(forward.dst_desc());
        Args args = new Args()
                .with(DNNL_ARG_SRC, source)
                .with(DNNL_ARG_WEIGHTS, weights(forward.weights_desc()))
                .with(DNNL_ARG_DST, result);
        if (layer.bias()) {
            args.with(DNNL_ARG_BIAS, scene.weight(name + ".bias", layer.out()));
        }
        after.bind(args);
        assembly.emit("convolution forward", new convolution_forward(forward), forward, args);
        return new Emitted(result, this::backward);
    }

    private void backward(Tensor slope) {
        Tensor inner = tail.relu() ? ReluCode.backward(scene, result, slope) : slope;
        Optional<Tensor> below = scene.wiring().flows(input) ? backwardData(inner) : Optional.empty();
        // Nothing is added up before, that could lie where the slope does.
        if (scene.wiring().trained(name)) {
            backwardWeights(inner);
        }
        below.ifPresent(tensor -> scene.give(input, tensor));
    }

    private void backwardWeights(Tensor slope) {
        var description = new convolution_backward_weights.primitive_desc(
                assembly.engine(),
                DIRECT,
                anySource,
                Layouts.any(memory.data_type.f32, weightSides()),
                bias,
                anyResult,
                strides,
                pads,
                pads,
                forward,
                assembly.attributes(),
                false);
        Tensor plain = scene.departure(name + ".weight", weightSides());
        memory.desc wanted = description.diff_weights_desc();
        Tensor gradient = wanted.equals(plain.desc()) ? plain : assembly.tensor(wanted);
        Args args = new Args()
                .with(DNNL_ARG_SRC, assembly.as(source, description.src_desc()))
                .with(DNNL_ARG_DIFF_DST, assembly.as(slope, description.diff_dst_desc()))
                .with(DNNL_ARG_DIFF_WEIGHTS, gradient);
        if (layer.bias()) {
            args.with(DNNL_ARG_DIFF_BIAS, scene.gradient(name + ".bias", layer.out()));
        }
        assembly.emit("convolution backward weights", new convolution_backward_weights(description), description, args);
        if (gradient != plain) {
            assembly.copy(gradient, plain);
        }
    }

    /** What is to be given to the input; nothing if it has been added there already. */
    private Optional<Tensor> backwardData(Tensor slope) {
        Optional<Tensor> before = scene.sum(input).filter(tensor -> pointwise() && !tensor.shares(slope));
        if (before.isPresent()) {
            backwardDataOnto(before.get(), slope);
            return Optional.empty();
        }
        var description = backwardData();
        Tensor below = assembly.tensor(description.diff_src_desc());
        Args args = new Args()
                .with(DNNL_ARG_DIFF_DST, assembly.as(slope, description.diff_dst_desc()))
                .with(DNNL_ARG_WEIGHTS, weights(description.weights_desc()))
                .with(DNNL_ARG_DIFF_SRC, below);
        assembly.emit("convolution backward data", new convolution_backward_data(description), description, args);
        return Optional.of(below);
    }

    private boolean pointwise() {
        return layer.groups() == 1 && layer.window().equals(Layer.Window.square(1, 1, 0));
    }

    /**
     * For a 1x1 convolution of stride 1 the way back is a 1x1 convolution too, with the transposed weights; as such it can add
     * to what is already there, which spares a residual block one sweep over its widest gradient.
     */
    private void backwardDataOnto(Tensor sum, Tensor slope) {
        post_ops onto = new post_ops();
        onto.append_sum(1f, 0, memory.data_type.undef);
        long[] none = {0, 0};
        var description = new convolution_forward.primitive_desc(
                assembly.engine(),
                dnnl.prop_kind.forward_inference.value,
                DIRECT,
                slope.desc(),
                Layouts.any(scene.type(), layer.in(), layer.out(), 1, 1),
                sum.desc(),
                strides,
                none,
                none,
                assembly.attributes(onto),
                false);
        Tensor transposed = assembly.view(arrival(), Layouts.transposed(layer.out(), layer.in()));
        Args args = new Args()
                .with(DNNL_ARG_SRC, slope)
                .with(DNNL_ARG_WEIGHTS, assembly.as(transposed, description.weights_desc()))
                .with(DNNL_ARG_DST, sum);
        sum.overwritten();
        assembly.emit("convolution backward data", new convolution_forward(description), description, args);
    }

    /**
     * In the layouts of the forward pass wherever the library has real code for that. Left to itself it takes channels last
     * for strided convolutions, and the reorders around them cost more than they gain.
     */
    private convolution_backward_data.primitive_desc backwardData() {
        var same = backwardData(source.desc(), result.desc());
        boolean reference = same.impl_info_str().getString().startsWith("ref");
        return reference ? backwardData(anySource, anyResult) : same;
    }

    private convolution_backward_data.primitive_desc backwardData(memory.desc below, memory.desc above) {
        return new convolution_backward_data.primitive_desc(
                assembly.engine(),
                DIRECT,
                below,
                anyWeights,
                above,
                strides,
                pads,
                pads,
                forward,
                assembly.attributes(),
                false);
    }
}
