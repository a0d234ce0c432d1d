package io.squadron.engine.onednn;

import io.squadron.engine.Batch;
import io.squadron.engine.CrossEntropy;
import io.squadron.engine.Images;
import io.squadron.engine.NetworkInput;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.engine.StepResult;
import io.squadron.model.Layer;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import io.squadron.model.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.stream;

/** A session on the calling thread. Programs are compiled when a batch size first comes, and the latest few kept. */
final class OnednnSession implements Session {
    /** Pixels of one evaluation pass: bounds its memory, whatever the number of images. */
    private static final int PIXELS_AT_ONCE = 1 << 20;

    private static final int IMAGES_AT_ONCE = 128;

    private final ModelSpec spec;
    private final int classes;
    private final Weights weights;
    private final float[] gradient;
    private final SessionOptions options;
    private final NetworkInput input;
    private final engine cpu;
    private final stream queue;
    private final Arena arena;
    private final Ground ground;
    private final Compiler compiler;
    private final Recent<Integer, Training> trainings = new Recent<>();
    private final Recent<Ask, Evaluation> evaluations = new Recent<>();
    private boolean closed;

    /** What an evaluation is compiled for. */
    private record Ask(int count, String node) {}

    OnednnSession(ModelSpec spec, Weights weights, SessionOptions options) {
        this.spec = spec;
        this.classes = spec.classes();
        this.weights = weights;
        this.gradient = new float[weights.values().length];
        this.options = options;
        this.input = new NetworkInput(spec.input(), options.normalisation());
        this.cpu = new engine(org.bytedeco.dnnl.engine.kind.cpu, 0);
        this.queue = new stream(cpu);
        this.arena = new Arena(cpu);
        this.ground = new Ground(
                spec.shapes(),
                weights.layout(),
                new Flat(cpu, gradient.length),
                new Flat(cpu, gradient.length),
                norms());
        this.compiler = new Compiler(spec, options, ground, cpu, queue);
    }

    /** The trained batch norms, in the order of the network. */
    private Map<String, TrainedNorm> norms() {
        Map<String, TrainedNorm> norms = new LinkedHashMap<>();
        for (Node node : spec.nodes()) {
            if (node.layer() instanceof Layer.BatchNorm layer
                    && !options.freeze().nodes().contains(node.name())) {
                norms.put(node.name(), new TrainedNorm(node.name(), layer, options.normSync(), weights));
            }
        }
        return norms;
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public float[] gradient() {
        return gradient;
    }

    @Override
    public StepResult step(Batch batch) {
        requireOpen();
        if (batch.count() == 0) {
            return stepWithoutSamples();
        }
        input.require(batch.images());
        CrossEntropy.requireLabels(batch.labels(), classes);
        Library.threads(options.threads());
        Training training = trainings.get(batch.count(), compiler::training);
        input.write(batch.images(), 0, batch.count(), training.input());
        training.loss().expect(batch.labels());
        compiler.dropouts().at(batch.place());
        ground.weights().load(weights.values());
        training.program().run(arena);
        ground.gradient().store(gradient);
        ground.norms().values().forEach(TrainedNorm::updateRunning);
        return training.loss().result();
    }

    private StepResult stepWithoutSamples() {
        Arrays.fill(gradient, 0f);
        Collection<TrainedNorm> norms = ground.norms().values();
        norms.forEach(TrainedNorm::exchangeNothing);
        List<TrainedNorm> downwards = new ArrayList<>(norms);
        Collections.reverse(downwards);
        downwards.forEach(TrainedNorm::correctNothing);
        norms.forEach(TrainedNorm::updateRunning);
        return StepResult.empty();
    }

    @Override
    public float[] infer(Images images) {
        return features(images, spec.output().name());
    }

    @Override
    public float[] features(Images images, String node) {
        requireOpen();
        int size = ground.shapes().get(spec.node(node).name()).elements();
        input.require(images);
        Library.threads(options.threads());
        ground.weights().load(weights.values());
        float[] all = new float[Math.multiplyExact(images.count(), size)];
        int area = spec.input().height() * spec.input().width();
        int atOnce = Math.max(1, Math.min(IMAGES_AT_ONCE, PIXELS_AT_ONCE / area));
        for (int first = 0; first < images.count(); first += atOnce) {
            int count = Math.min(atOnce, images.count() - first);
            Evaluation evaluation =
                    evaluations.get(new Ask(count, node), ask -> compiler.evaluation(ask.count(), ask.node()));
            input.write(images, first, count, evaluation.input());
            evaluation.program().run(arena);
            evaluation.result().get(0, all, first * size, count * size);
        }
        return all;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("Cannot compute %s: its session is closed".formatted(spec.architecture()));
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        trainings.close();
        evaluations.close();
        ground.weights().close();
        ground.gradient().close();
        arena.close();
        queue.close();
        cpu.close();
    }
}
