package io.squadron.engine.onednn;

import io.squadron.engine.BackwardOrder;
import io.squadron.engine.Batch;
import io.squadron.engine.BrokenNumbers;
import io.squadron.engine.Entrance;
import io.squadron.engine.Images;
import io.squadron.engine.MomentsListener;
import io.squadron.engine.Precision;
import io.squadron.engine.Profiled;
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
final class OnednnSession implements Session, Profiled {
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
    private final Recent<StepAsk, Observation> observations = new Recent<>();
    private final Meter meter = new Meter();
    private InputCode.Form form = InputCode.Form.FLOATS;

    /** What a step is compiled for. */
    private record StepAsk(int count, InputCode.Form form) {}

    /** What an evaluation is compiled for. */
    private record Ask(int count, InputCode.Form form, String node) {}

    OnednnSession(ModelSpec spec, Weights weights, SessionOptions options) {
        this.spec = spec;
        this.weights = weights;
        this.gradient = new float[weights.values().length];
        this.options = options;
        this.entrance = new Entrance(spec, options.normalisation());
        Map<String, TrainedNorm> trained = trainedNorms();
        this.norms = List.copyOf(trained.values());
        this.natives = new Natives(weights.layout(), options.threads());
        this.ground = new Ground(
                spec.shapes(),
                new Supply(weights, natives),
                natives.gradients(),
                trained,
                options.compute().precision() == Precision.BFLOAT16 ? memory.data_type.bf16 : memory.data_type.f32,
                new Delivery(
                        BackwardOrder.of(spec, options.freeze()),
                        natives.crew(),
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
        form = InputCode.Form.of(batch.images());
        Training training =
                trainings.get(new StepAsk(batch.count(), form), ask -> compiler.training(ask.count(), ask.form()));
        meter.start();
        training.input().take(batch.images(), 0, batch.count());
        training.loss().expect(batch.targets());
        compiler.dropouts().at(batch.place());
        meter.lap("input");
        if (!ground.supply().load()) {
            BrokenNumbers.require(weights);
        }
        meter.lap("weights in");
        try {
            training.program().run(natives.arena(), meter);
        } catch (Failure failure) {
            throw failure.kind() == Failure.Kind.NUMERIC ? explained(failure, training.program()) : failure;
        }
        norms.forEach(TrainedNorm::updateRunning);
        meter.lap("running statistics");
        return training.loss().result();
    }

    /** Repeats the step to see which layer was the first to break its numbers; {@code failure} itself if none did. */
    private Failure explained(Failure failure, Program program) {
        rehearse(true);
        ground.supply().load();
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
        form = InputCode.Form.of(images);
        meter.start();
        return entrance.evaluate(images, node, (first, count, all, at) -> {
            if (first == 0) {
                Library.threads(options.threads());
                ground.supply().load();
                meter.lap("weights in");
            }
            Evaluation evaluation = evaluation(count, node);
            evaluation.input().take(images, first, count);
            meter.lap("input");
            evaluation.program().run(natives.arena(), meter);
            evaluation.result().get(0, all, at, evaluation.result().capacity());
            meter.lap("result out");
        });
    }

    @Override
    public void observe(Images images, MomentsListener listener) {
        entrance.admit(images);
        if (norms.isEmpty()) {
            return;
        }
        Library.threads(options.threads());
        InputCode.Form shown = InputCode.Form.of(images);
        Observation observation = observations.get(
                new StepAsk(images.count(), shown), ask -> compiler.observation(ask.count(), ask.form()));
        ground.supply().load();
        observation.input().take(images, 0, images.count());
        norms.forEach(norm -> norm.watch(listener));
        try {
            observation.program().run(natives.arena(), meter);
        } finally {
            norms.forEach(TrainedNorm::unwatch);
        }
    }

    private Evaluation evaluation(int count, String node) {
        return evaluations.get(
                new Ask(count, form, node), ask -> compiler.evaluation(ask.count(), ask.form(), ask.node()));
    }

    @Override
    public Map<String, Long> laps() {
        return meter.byKind();
    }

    @Override
    public void convolutionsAlone(Pass pass, int count) {
        Library.threads(options.threads());
        programs(pass, count).forEach(program -> program.convolutionsAlone(natives.arena()));
    }

    @Override
    public Footprint footprint(Pass pass, int count) {
        long vectors = ground.supply().bytes() + ground.gradients().bytes();
        return programs(pass, count).stream()
                .map(program -> new Footprint(program.bytes(), program.bytesWithoutReuse(), vectors))
                .reduce(new Footprint(0, 0, vectors), Footprint::merge);
    }

    /** What runs, one after the other, for {@code count} images in the form in which images last came. */
    private List<Program> programs(Pass pass, int count) {
        if (pass == Pass.STEP) {
            return List.of(trainings
                    .get(new StepAsk(count, form), ask -> compiler.training(ask.count(), ask.form()))
                    .program());
        }
        return entrance.portions(count).stream()
                .map(portion -> evaluation(portion, spec.output().name()).program())
                .toList();
    }

    @Override
    public void close() {
        if (entrance.close()) {
            trainings.close();
            evaluations.close();
            observations.close();
            natives.close();
        }
    }
}
