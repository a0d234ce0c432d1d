package io.squadron.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import io.squadron.model.Shape;
import io.squadron.model.Slice;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** What the codes of the layers share while one program is compiled: the values so far, and on the way back the slopes. */
final class Scene {
    private final Assembly assembly;
    private final Ground ground;
    private final Wiring wiring;
    private final int batch;
    private final Map<String, Tensor> values = new HashMap<>();
    private final Map<String, Tensor> slopes = new HashMap<>();

    Scene(Assembly assembly, Ground ground, Wiring wiring, int batch) {
        this.assembly = assembly;
        this.ground = ground;
        this.wiring = wiring;
        this.batch = batch;
    }

    Assembly assembly() {
        return assembly;
    }

    Wiring wiring() {
        return wiring;
    }

    TrainedNorm norm(String node) {
        return ground.norms().get(node);
    }

    memory.data_type type() {
        return memory.data_type.f32;
    }

    /** (batch, channels, height, width) of what leaves a node. */
    long[] sides(String node) {
        Shape shape = ground.shapes().get(node);
        return new long[] {batch, shape.channels(), shape.height(), shape.width()};
    }

    Tensor value(String node) {
        return values.get(node);
    }

    void value(String node, Tensor tensor) {
        values.put(node, tensor);
    }

    /** A parameter, where the weights lie. */
    Tensor weight(String name, long... sides) {
        return ground.weights().tensor(assembly, slice(name), sides);
    }

    /** Where the gradient of a parameter is to be left. */
    Tensor gradient(String name, long... sides) {
        return ground.gradient().tensor(assembly, slice(name), sides);
    }

    java.nio.FloatBuffer gradientFloats(String name) {
        return ground.gradient().floats(slice(name));
    }

    private Slice slice(String name) {
        return ground.layout().slice(name);
    }

    /** The gradient with respect to what leaves {@code node}, if any reader gave one. */
    Optional<Tensor> slope(String node) {
        return Optional.ofNullable(slopes.get(node));
    }

    /** Adds to the gradient with respect to what leaves {@code node}. */
    void give(String node, Tensor slope) {
        Tensor before = slopes.get(node);
        slopes.put(node, before == null ? slope : sum(before, slope));
    }

    private Tensor sum(Tensor one, Tensor other) {
        Tensor aligned = assembly.as(other, one.desc());
        Tensor total = assembly.tensor(one.desc());
        var description = new binary.primitive_desc(
                assembly.engine(),
                dnnl.algorithm.binary_add.value,
                one.desc(),
                aligned.desc(),
                total.desc(),
                assembly.attributes(),
                false);
        Args args = new Args()
                .with(DNNL_ARG_SRC_0, one)
                .with(DNNL_ARG_SRC_1, aligned)
                .with(DNNL_ARG_DST, total);
        assembly.emit("sum backward", new binary(description), description, args);
        return total;
    }

    /** {@code tensor} (batch, c, h, w) as a plain float32 matrix (batch, c * h * w). */
    Tensor matrix(Tensor tensor, long[] sides) {
        Tensor plain = assembly.as(tensor, Layouts.plain(sides));
        return assembly.view(plain, Layouts.plain(sides[0], sides[1] * sides[2] * sides[3]));
    }
}
