package io.squadron.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import io.squadron.model.Layer;
import io.squadron.model.Node;
import io.squadron.model.Shape;
import io.squadron.model.Slice;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final Map<String, Tensor> leaving = new HashMap<>();
    private final Set<Tensor> spare = new HashSet<>();

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

    /** Of activations, of the gradients that flow back to them, and of the weights that convolutions work with. */
    memory.data_type type() {
        return ground.type();
    }

    /** (batch, channels, height, width) of what leaves a node. */
    long[] sides(String node) {
        Shape shape = ground.shapes().get(node);
        return new long[] {batch, shape.channels(), shape.height(), shape.width()};
    }

    Tensor value(String node) {
        return values.get(node);
    }

    boolean knows(String node) {
        return values.containsKey(node);
    }

    void value(String node, Tensor tensor) {
        values.put(node, tensor);
    }

    /** The parameters of a batch norm whose running statistics are used. */
    GivenNorm givenNorm(Node node) {
        return new GivenNorm(
                weightFloats(node.name() + ".weight"),
                weightFloats(node.name() + ".bias"),
                weightFloats(node.name() + ".running_mean"),
                weightFloats(node.name() + ".running_var"),
                ((Layer.BatchNorm) node.layer()).epsilon());
    }

    /** A parameter that has a lasting copy. */
    Tensor weight(String name, long... sides) {
        return ground.supply().lasting(assembly, name, sides);
    }

    /** A parameter that has none: emits its arrival. */
    Tensor arrival(String name, long... sides) {
        return ground.supply().passing(assembly, name, sides);
    }

    /** Where the gradient of a parameter with a lasting copy is to be left: from then on the parameter itself may be gone. */
    Tensor gradient(String name, long... sides) {
        return leaving(name, ground.gradients().tensor(assembly, slice(name), sides));
    }

    /** Where the gradient of a parameter without is to be left. */
    Tensor departure(String name, long... sides) {
        return leaving(name, assembly.tensor(Layouts.plain(sides)));
    }

    private Tensor leaving(String name, Tensor place) {
        leaving.put(name, place);
        return place;
    }

    /** Emits the delivery of the gradients of {@code node}. */
    void deliver(String node) {
        for (Slice slice : ground.delivery().of(node)) {
            Tensor place = leaving.remove(slice.name());
            if (place == null) {
                throw new IllegalStateException(
                        "Cannot deliver a gradient of %s: none is left".formatted(slice.name()));
            }
            ground.delivery().emit(assembly, slice, place);
        }
    }

    private FloatBuffer weightFloats(String name) {
        return ground.supply().lasting(name);
    }

    FloatBuffer gradientFloats(String name) {
        return ground.gradients().floats(slice(name));
    }

    private Slice slice(String name) {
        return ground.supply().slice(name);
    }

    /** Says that nobody wants {@code tensor} on the way back: its last reader on the way forward may write over it. */
    void spare(Tensor tensor) {
        spare.add(tensor);
    }

    /** Whether {@code reader}, now being emitted, may write its result over what leaves {@code node}. */
    boolean mayOverwrite(String node, Node reader) {
        Tensor tensor = value(node);
        boolean alone = values.values().stream().filter(tensor::shares).count() == 1;
        return alone && spare.contains(tensor) && wiring.onlyReader(node).equals(Optional.of(reader));
    }

    /** The gradient with respect to what leaves {@code node}, if any reader gave one; from now on nobody's but the taker's. */
    Optional<Tensor> take(String node) {
        return Optional.ofNullable(slopes.remove(node));
    }

    /** The gradient that {@code node} has been given so far, if more may be added to it in its place. */
    Optional<Tensor> sum(String node) {
        return Optional.ofNullable(slopes.get(node)).filter(before -> waiting(before) == 1);
    }

    /** Whether a gradient that was taken is wanted by nobody else. */
    boolean mayOverwrite(Tensor slope) {
        return waiting(slope) == 0;
    }

    private long waiting(Tensor slope) {
        return slopes.values().stream().filter(slope::shares).count();
    }

    /** Adds to the gradient with respect to what leaves {@code node}. */
    void give(String node, Tensor slope) {
        Tensor before = slopes.get(node);
        slopes.put(node, before == null ? slope : sum(before, slope));
    }

    private Tensor sum(Tensor one, Tensor other) {
        Tensor aligned = assembly.as(other, one.desc());
        Tensor total = waiting(one) == 1 ? one : assembly.tensor(one.desc());
        total.overwritten();
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
