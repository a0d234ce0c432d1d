package io.squadron.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import io.squadron.model.Layer;
import io.squadron.model.Node;
import java.nio.FloatBuffer;
import java.util.Optional;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;

/**
 * A batch norm, with the ReLU after it if there is one. Four ways: evaluation and frozen (running statistics are given),
 * trained alone (the library measures and normalises in one go), trained in a group (it measures, the group merges, it
 * normalises with given statistics; on the way back, with given statistics too, one more sweep adds what the gradient
 * then lacks, see {@link TrainedNorm#correct}).
 */
final class NormCode {
    private static final int AFFINE =
            dnnl.normalization_flags.use_scale.value | dnnl.normalization_flags.use_shift.value;
    private static final int GIVEN = dnnl.normalization_flags.use_global_stats.value;

    private final Scene scene;
    private final Assembly assembly;
    private final String name;
    private final String input;
    private final Layer.BatchNorm layer;
    private final boolean relu;
    private final boolean trained;
    private final boolean given;
    private final int flags;
    private final Tensor source;
    private final Tensor scale;
    private final Tensor mean;
    private final Tensor variance;
    private batch_normalization_forward.primitive_desc forward;
    private Optional<Tensor> workspace = Optional.empty();

    NormCode(Scene scene, Node node, Layer.BatchNorm layer, Tail tail) {
        this.scene = scene;
        this.assembly = scene.assembly();
        this.name = node.name();
        this.input = node.inputs().get(0);
        this.layer = layer;
        this.relu = tail.relu();
        this.trained = scene.wiring().trained(name);
        // Where nothing flows back the library would keep the statistics that it measures to itself.
        this.given =
                !trained || !scene.wiring().flows(name) || !scene.norm(name).alone();
        this.flags = AFFINE | (given ? GIVEN : 0) | (relu ? dnnl.normalization_flags.fuse_norm_relu.value : 0);
        this.source = scene.value(input);
        this.scale = vector("weight");
        this.mean = trained ? assembly.own(Layouts.plain(layer.channels())) : vector("running_mean");
        this.variance = trained ? assembly.own(Layouts.plain(layer.channels())) : vector("running_var");
    }

    private Tensor vector(String parameter) {
        return scene.weight(name + "." + parameter, layer.channels());
    }

    Emitted emit() {
        Tensor result = assembly.tensor(source.desc());
        if (trained && given) {
            measure(result);
        }
        boolean flows = scene.wiring().flows(name);
        forward = forward(flows ? dnnl.prop_kind.forward_training : dnnl.prop_kind.forward_inference, flags);
        Args args = new Args()
                .with(DNNL_ARG_SRC, source)
                .with(DNNL_ARG_DST, result)
                .with(DNNL_ARG_SCALE, scale)
                .with(DNNL_ARG_SHIFT, vector("bias"))
                .with(DNNL_ARG_MEAN, mean)
                .with(DNNL_ARG_VARIANCE, variance);
        workspace = assembly.workspace(forward);
        workspace.ifPresent(tensor -> args.with(DNNL_ARG_WORKSPACE, tensor));
        assembly.emit("batch norm forward", new batch_normalization_forward(forward), forward, args);
        if (trained && !given) {
            TrainedNorm norm = scene.norm(name);
            FloatBuffer means = Layouts.floats(mean.memory());
            FloatBuffer variances = Layouts.floats(variance.memory());
            double count = count();
            assembly.emit("statistics", () -> norm.see(count, means, variances));
        }
        if (!relu) {
            scene.spare(result);
        }
        return new Emitted(result, this::backward);
    }

    /** Elements per channel. */
    private double count() {
        long[] sides = scene.sides(name);
        return (double) sides[0] * sides[2] * sides[3];
    }

    /** This batch's own statistics, then everybody's. What is written to {@code scratch} is of no use. */
    private void measure(Tensor scratch) {
        var measuring = forward(dnnl.prop_kind.forward_training, 0);
        Args args = new Args()
                .with(DNNL_ARG_SRC, source)
                .with(DNNL_ARG_DST, scratch)
                .with(DNNL_ARG_MEAN, mean)
                .with(DNNL_ARG_VARIANCE, variance);
        assembly.emit("batch norm statistics", new batch_normalization_forward(measuring), measuring, args);
        TrainedNorm norm = scene.norm(name);
        FloatBuffer means = Layouts.floats(mean.memory());
        FloatBuffer variances = Layouts.floats(variance.memory());
        double count = count();
        assembly.emit("exchange", () -> norm.exchange(count, means, variances));
    }

    private batch_normalization_forward.primitive_desc forward(dnnl.prop_kind kind, int flags) {
        return new batch_normalization_forward.primitive_desc(
                assembly.engine(),
                kind.value,
                source.desc(),
                source.desc(),
                layer.epsilon(),
                flags,
                assembly.attributes(),
                false);
    }

    private void backward(Tensor slope) {
        memory.desc layout = source.desc();
        var description = new batch_normalization_backward.primitive_desc(
                assembly.engine(),
                (trained ? dnnl.prop_kind.backward : dnnl.prop_kind.backward_data).value,
                layout,
                layout,
                layout,
                layer.epsilon(),
                flags,
                forward,
                assembly.attributes(),
                false);
        Tensor above = assembly.as(slope, layout);
        Tensor below = scene.mayOverwrite(slope) ? above : assembly.tensor(layout);
        below.overwritten();
        Args args = new Args()
                .with(DNNL_ARG_SRC, source)
                .with(DNNL_ARG_DIFF_DST, above)
                .with(DNNL_ARG_DIFF_SRC, below)
                .with(DNNL_ARG_SCALE, scale)
                .with(DNNL_ARG_MEAN, mean)
                .with(DNNL_ARG_VARIANCE, variance);
        workspace.ifPresent(tensor -> args.with(DNNL_ARG_WORKSPACE, tensor));
        // The library wants room for both even where nobody wants to know them.
        args.with(DNNL_ARG_DIFF_SCALE, gradient("weight")).with(DNNL_ARG_DIFF_SHIFT, gradient("bias"));
        assembly.emit("batch norm backward", new batch_normalization_backward(description), description, args);
        if (trained && given) {
            correct(below);
        }
        if (scene.wiring().flows(input)) {
            scene.give(input, below);
        }
    }

    private Tensor gradient(String parameter) {
        return trained
                ? scene.gradient(name + "." + parameter, layer.channels())
                : assembly.tensor(Layouts.plain(layer.channels()));
    }

    /** below += source * slope + level, channel by channel. */
    private void correct(Tensor below) {
        Tensor slope = assembly.zeros(Layouts.perChannel(source.desc(), layer.channels()));
        Tensor level = assembly.zeros(Layouts.perChannel(source.desc(), layer.channels()));
        TrainedNorm norm = scene.norm(name);
        FloatBuffer scales = scene.gradientFloats(name + ".weight");
        FloatBuffer shifts = scene.gradientFloats(name + ".bias");
        FloatBuffer slopes = Layouts.floats(slope.memory());
        FloatBuffer levels = Layouts.floats(level.memory());
        assembly.emit("exchange", () -> norm.correct(scales, shifts, slopes, levels));
        post_ops after = new post_ops();
        after.append_sum(1f, 0, memory.data_type.undef);
        after.append_binary(dnnl.algorithm.binary_add.value, level.desc());
        var description = new binary.primitive_desc(
                assembly.engine(),
                dnnl.algorithm.binary_mul.value,
                source.desc(),
                slope.desc(),
                below.desc(),
                assembly.attributes(after),
                false);
        Args args = new Args()
                .with(DNNL_ARG_SRC_0, source)
                .with(DNNL_ARG_SRC_1, slope)
                .with(DNNL_ARG_DST, below)
                .with(DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * 2 | DNNL_ARG_SRC_1, level);
        assembly.emit("batch norm correction", new binary(description), description, args);
    }
}
