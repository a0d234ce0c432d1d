package io.squadron.engine.onednn;

import io.squadron.engine.SessionOptions;
import io.squadron.failure.Failure;
import io.squadron.model.Layer;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.stream;

/** Turns a network into programs: forward node by node, then back through the nodes to which gradients flow. */
final class Compiler {
    private final ModelSpec spec;
    private final SessionOptions options;
    private final Ground ground;
    private final engine cpu;
    private final stream queue;
    private final DropoutCode dropouts;

    Compiler(ModelSpec spec, SessionOptions options, Ground ground, engine cpu, stream queue) {
        this.spec = spec;
        this.options = options;
        this.ground = ground;
        this.cpu = cpu;
        this.queue = queue;
        this.dropouts = new DropoutCode(spec, options);
    }

    DropoutCode dropouts() {
        return dropouts;
    }

    /** One step on {@code batch} samples. */
    Training training(int batch, InputCode.Form form) {
        try (Assembly assembly = new Assembly(cpu, queue)) {
            Scene scene = new Scene(assembly, ground, Wiring.training(spec, options.freeze()), batch);
            InputCode input = input(scene, form);
            Deque<Back> back = new ArrayDeque<>();
            forward(scene, spec.nodes(), back);
            MainLoss loss = loss(scene);
            List<String> nodes = back(scene, back);
            ground.delivery().requireAll(nodes);
            return new Training(assembly.program(), input, loss);
        }
    }

    /** Emits the way back, and after each node the delivery of its gradient; returns the nodes in that order. */
    private List<String> back(Scene scene, Deque<Back> back) {
        for (Back each : back) {
            scene.assembly().at(Spot.backward(each.node()));
            each.emit().run();
            scene.deliver(each.node());
        }
        return back.stream().map(Back::node).toList();
    }

    /** The way back through one node. */
    private record Back(String node, Runnable emit) {}

    /** What leaves {@code node} for {@code batch} samples in evaluation mode. */
    Evaluation evaluation(int batch, InputCode.Form form, String node) {
        try (Assembly assembly = new Assembly(cpu, queue)) {
            Scene scene = new Scene(assembly, ground, Wiring.evaluation(spec, node), batch);
            InputCode input = input(scene, form);
            forward(scene, spec.leadingTo(node), new ArrayDeque<>());
            Tensor result = assembly.own(Layouts.plain(scene.sides(node)));
            assembly.copy(scene.value(node), result);
            return new Evaluation(assembly.program(), input, Layouts.floats(result.memory()));
        }
    }

    /** What reaches the trained batch norms for {@code batch} samples, each normalising with what reached it. */
    Observation observation(int batch, InputCode.Form form) {
        try (Assembly assembly = new Assembly(cpu, queue)) {
            Set<String> norms = ground.norms().keySet();
            Set<String> needed = norms.stream()
                    .flatMap(norm -> spec.leadingTo(norm).stream())
                    .map(Node::name)
                    .collect(Collectors.toSet());
            List<Node> nodes = spec.nodes().stream()
                    .filter(node -> needed.contains(node.name()))
                    .toList();
            Scene scene = new Scene(assembly, ground, Wiring.observation(nodes, norms), batch);
            InputCode input = input(scene, form);
            forward(scene, nodes, new ArrayDeque<>());
            return new Observation(assembly.program(), input);
        }
    }

    private InputCode input(Scene scene, InputCode.Form form) {
        long[] sides = scene.sides(ModelSpec.INPUT);
        InputCode input = InputCode.emit(scene.assembly(), form, options.normalisation(), sides);
        scene.value(ModelSpec.INPUT, input.result());
        return input;
    }

    /** Emits the nodes; puts on {@code back} what leads back, the last node on top. */
    private void forward(Scene scene, List<Node> nodes, Deque<Back> back) {
        Set<String> done = new HashSet<>();
        for (Node node : nodes) {
            if (!done.contains(node.name())) {
                Tail tail = Tail.of(scene, node);
                String result = tail.result();
                done.addAll(tail.names());
                scene.assembly().at(Spot.forward(node.name()));
                Emitted emitted = emit(scene, node, tail);
                scene.value(result, emitted.result());
                if (scene.wiring().flows(result)) {
                    back.push(new Back(node.name(), () -> scene.take(result).ifPresent(emitted.backward())));
                }
            }
        }
    }

    private MainLoss loss(Scene scene) {
        String output = spec.output().name();
        Turn turn = turn(scene, output);
        MainLoss loss = new MainLoss(options.loss(), spec.classes(), turn.source(), turn.target());
        scene.assembly().emit("loss", loss::run);
        scene.give(output, turn.slopes());
        for (ModelSpec.Auxiliary head : spec.auxiliaries()) {
            Turn other = turn(scene, head.node());
            AuxiliaryLoss added =
                    new AuxiliaryLoss(options.loss(), head.weight(), loss, other.source(), other.target());
            scene.assembly().emit("loss", added::run);
            scene.give(head.node(), other.slopes());
        }
        return loss;
    }

    /** Where the way forward ends and the way back begins: logits as Java reads them, slopes as it writes them. */
    private record Turn(FloatBuffer source, FloatBuffer target, Tensor slopes) {}

    private static Turn turn(Scene scene, String node) {
        Assembly assembly = scene.assembly();
        Tensor logits = assembly.own(Layouts.plain(scene.sides(node)));
        Tensor slopes = assembly.own(Layouts.plain(scene.sides(node)));
        assembly.copy(scene.value(node), logits);
        return new Turn(Layouts.floats(logits.memory()), Layouts.floats(slopes.memory()), slopes);
    }

    private Emitted emit(Scene scene, Node node, Tail tail) {
        try {
            Layer layer = node.layer();
            if (layer instanceof Layer.Convolution c) {
                return new ConvolutionCode(scene, node, c, tail).emit();
            } else if (layer instanceof Layer.BatchNorm b) {
                return new NormCode(scene, node, b, tail).emit();
            } else if (layer instanceof Layer.Relu) {
                return ReluCode.emit(scene, node);
            } else if (layer instanceof Layer.Add) {
                return AddCode.emit(scene, node, tail);
            } else if (layer instanceof Layer.Concat) {
                return ConcatCode.emit(scene, node);
            }
            return emitPoolOrHead(scene, node);
        } catch (RuntimeException e) {
            throw e instanceof Failure
                    ? e
                    : new IllegalStateException(
                            "Cannot compile layer '%s' (%s) of %s on %s"
                                    .formatted(node.name(), node.layer(), spec.architecture(), spec.input()),
                            e);
        }
    }

    private Emitted emitPoolOrHead(Scene scene, Node node) {
        Layer layer = node.layer();
        if (layer instanceof Layer.MaxPool p) {
            return PoolCode.max(scene, node, p);
        } else if (layer instanceof Layer.AveragePool p) {
            return PoolCode.average(scene, node, p);
        } else if (layer instanceof Layer.GlobalAveragePool) {
            return PoolCode.global(scene, node);
        } else if (layer instanceof Layer.AdaptiveAveragePool p) {
            return BinsCode.emit(scene, node, p);
        } else if (layer instanceof Layer.Flatten) {
            return ShapeCode.flatten(scene, node);
        } else if (layer instanceof Layer.Dense d) {
            return new DenseCode(scene, node, d).emit();
        } else if (layer instanceof Layer.LocalResponseNorm n) {
            return LrnCode.emit(scene, node, n);
        } else if (layer instanceof Layer.Dropout || layer instanceof Layer.StochasticDepth) {
            return dropouts.emit(scene, node);
        }
        throw unable(node, "this engine has no such layer");
    }

    static Failure unable(Node node, String why) {
        return Failure.usage(
                "Cannot compute layer '%s' (%s) with engine %s: %s. Choose another engine or architecture",
                node.name(), node.layer(), OnednnEngine.NAME, why);
    }
}
