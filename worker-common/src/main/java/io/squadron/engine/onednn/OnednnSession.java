package io.squadron.engine.onednn;

import io.squadron.engine.Batch;
import io.squadron.engine.BrokenNumbers;
import io.squadron.engine.Entrance;
import io.squadron.engine.Images;
import io.squadron.engine.Precision;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.engine.StepResult;
import io.squadron.failure.Failure;
import io.squadron.model.Layer;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import io.squadron.model.Weights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.memory;

/** A session on the calling thread. Programs are compiled when a batch size first comes, and the latest few kept. */
final class OnednnSession implements Session {
    private final ModelSpec spec;
    private final Weights weights;
    private final float[] gradient;
    private final SessionOptions options;
    private final Entrance entrance;
    private final Natives natives;
    private final Ground ground;
    private final List<TrainedNorm> norms;
    private final Compiler compiler;
    private final Recent<StepAsk, Training> trainings = new Recent<>();
    private final Recent<Ask, Evaluation> evaluations = new Recent<>();

    /** What a step is compiled for. */
    private record StepAsk(int count, InputCode.Form form) {}

    /** What an evaluation is compiled for. */
    private record Ask(int count, InputCode.Form form, String node) {}

    OnednnSession(ModelSpec spec, Weights weights, SessionOptions options) {
        this.spec = spec;
        this.weights = weights;
        this.gradient = new float[weights.values().length];
        this.options = options;
        this.entrance = new Entrance(spec, weights, options.normalisation());
        Map<String, TrainedNorm> trained = trainedNorms();
        this.norms = List.copyOf(trained.values());
        this.natives = new Natives(gradient.length);
        this.ground = new Ground(
                spec.shapes(),
                weights.layout(),
                natives.weights(),
                natives.gradient(),
                trained,
                options.compute().precision() == Precision.BFLOAT16 ? memory.data_type.bf16 : memory.data_type.f32,
                new Delivery(
                        spec,
                        options.freeze(),
                        natives.gradient(),
                        gradient,
                        options.peers().gradients()));
        this.compiler = new Compiler(spec, options, ground, natives.cpu(), natives.queue());
    }

    /** The trained batch norms, in the order of the network. */
    private Map<String, TrainedNorm> trainedNorms() {
        Map<String, TrainedNorm> trained = new LinkedHashMap<>();
        for (Node node : spec.nodes()) {
            if (node.layer() instanceof Layer.BatchNorm layer
                    && !options.freeze().nodes().contains(node.name())) {
                trained.put(node.name(), new TrainedNorm(node.name(), layer, options.normSync(), weights));
            }
        }
        return trained;
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
        entrance.admit(batch);
        if (batch.count() == 0) {
            return stepWithoutSamples();
        }
        Library.threads(options.threads());
        InputCode.Form form = InputCode.Form.of(batch.images());
        Training training =
                trainings.get(new StepAsk(batch.count(), form), ask -> compiler.training(ask.count(), ask.form()));
        training.input().take(batch.images(), 0, batch.count());
        training.loss().expect(batch.labels());
        ground.weights().load(weights.values());
        try {
            training.program().run(natives.arena());
        } catch (Failure failure) {
            throw failure.kind() == Failure.Kind.NUMERIC ? explained(failure, training.program()) : failure;
        }
        norms.forEach(TrainedNorm::updateRunning);
        return training.loss().result();
    }

    /** Repeats the step to see which layer was the first to break its numbers; {@code failure} itself if none did. */
    private Failure explained(Failure failure, Program program) {
        rehearse(true);
        try {
            return program.firstBroken(natives.arena())
                    .map(step -> BrokenNumbers.madeBy(
                                    step.spot().node(), step.spot().way())
                            .causedBy(failure))
                    .orElse(failure);
        } finally {
            rehearse(false);
        }
    }

    private void rehearse(boolean now) {
        ground.delivery().rehearse(now);
        norms.forEach(norm -> norm.rehearse(now));
    }

    private StepResult stepWithoutSamples() {
        norms.forEach(TrainedNorm::exchangeNothing);
        List<TrainedNorm> downwards = new ArrayList<>(norms);
        Collections.reverse(downwards);
        downwards.forEach(TrainedNorm::correctNothing);
        ground.delivery().deliverNothing();
        norms.forEach(TrainedNorm::updateRunning);
        return StepResult.empty();
    }

    @Override
    public float[] infer(Images images) {
        return features(images, spec.output().name());
    }

    @Override
    public float[] features(Images images, String node) {
        InputCode.Form form = InputCode.Form.of(images);
        return entrance.evaluate(images, node, (first, count, all, at) -> {
            if (first == 0) {
                Library.threads(options.threads());
                ground.weights().load(weights.values());
            }
            Evaluation evaluation = evaluations.get(
                    new Ask(count, form, node), ask -> compiler.evaluation(ask.count(), ask.form(), ask.node()));
            evaluation.input().take(images, first, count);
            evaluation.program().run(natives.arena());
            evaluation.result().get(0, all, at, evaluation.result().capacity());
        });
    }

    @Override
    public void close() {
        if (entrance.close()) {
            trainings.close();
            evaluations.close();
            natives.close();
        }
    }
}
