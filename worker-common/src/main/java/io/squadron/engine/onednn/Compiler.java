package io.squadron.engine.onednn;

import io.squadron.engine.CrossEntropy;
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
import java.util.Optional;
import java.util.Set;
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
    Training training(int batch) {
        try (Assembly assembly = new Assembly(cpu, queue)) {
            Scene scene = new Scene(assembly, ground, Wiring.training(spec, options.freeze()), batch);
            Tensor input = input(scene);
            Deque<Runnable> back = new ArrayDeque<>();
            forward(scene, spec.nodes(), back);
            Loss loss = loss(scene);
            back.forEach(Runnable::run);
            return new Training(assembly.program(), Layouts.floats(input.memory()), loss);
        }
    }

    /** What leaves {@code node} for {@code batch} samples in evaluation mode. */
    Evaluation evaluation(int batch, String node) {
        try (Assembly assembly = new Assembly(cpu, queue)) {
            Scene scene = new Scene(assembly, ground, Wiring.evaluation(spec, node), batch);
            Tensor input = input(scene);
            forward(scene, spec.leadingTo(node), new ArrayDeque<>());
            Tensor result = assembly.own(Layouts.plain(scene.sides(node)));
            assembly.copy(scene.value(node), result);
            return new Evaluation(assembly.program(), Layouts.floats(input.memory()), Layouts.floats(result.memory()));
        }
    }

    private Tensor input(Scene scene) {
        Tensor input = scene.assembly().own(Layouts.plain(scene.sides(ModelSpec.INPUT)));
        scene.value(ModelSpec.INPUT, input);
        return input;
    }

    /** Emits the nodes; puts on {@code back} what leads back, the last node on top. */
    private void forward(Scene scene, List<Node> nodes, Deque<Runnable> back) {
        Set<String> done = new HashSet<>();
        for (Node node : nodes) {
            if (!done.contains(node.name())) {
                Optional<Node> relu = fusible(node) ? scene.wiring().reluAfter(node) : Optional.empty();
                String result = relu.orElse(node).name();
                done.add(result);
                Emitted emitted = emit(scene, node, relu.isPresent() ? Fused.RELU : Fused.NOTHING);
                scene.value(result, emitted.result());
                if (scene.wiring().flows(result)) {
                    back.push(() -> scene.slope(result).ifPresent(emitted.backward()));
                }
            }
        }
    }

    private Loss loss(Scene scene) {
        String output = spec.output().name();
        CrossEntropy entropy = new CrossEntropy(options.labelSmoothing());
        Turn turn = turn(scene, output);
        Loss loss = new Loss(entropy, spec.classes(), turn.source(), turn.target());
        scene.assembly().emit("loss", loss::run);
        scene.give(output, turn.slopes());
        for (ModelSpec.Auxiliary head : spec.auxiliaries()) {
            Turn other = turn(scene, head.node());
            AuxiliaryLoss added = new AuxiliaryLoss(entropy, head.weight(), loss, other.source(), other.target());
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

    private static boolean fusible(Node node) {
        Layer layer = node.layer();
        return layer instanceof Layer.BatchNorm || layer instanceof Layer.Add || layer instanceof Layer.Convolution;
    }

    private Emitted emit(Scene scene, Node node, Fused fused) {
        try {
            Layer layer = node.layer();
            if (layer instanceof Layer.Convolution c) {
                return new ConvolutionCode(scene, node, c, fused).emit();
            } else if (layer instanceof Layer.BatchNorm b) {
                return new NormCode(scene, node, b, fused).emit();
            } else if (layer instanceof Layer.Relu) {
                return ReluCode.emit(scene, node);
            } else if (layer instanceof Layer.Add) {
                return AddCode.emit(scene, node, fused);
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
        } else if (layer instanceof Layer.Dropout d) {
            return dropouts.emit(scene, node, d);
        }
        throw unable(node, "this engine has no such layer");
    }

    static Failure unable(Node node, String why) {
        return Failure.usage(
                "Cannot compute layer '%s' (%s) with engine %s: %s. Choose another engine or architecture",
                node.name(), node.layer(), OnednnEngine.NAME, why);
    }
}
