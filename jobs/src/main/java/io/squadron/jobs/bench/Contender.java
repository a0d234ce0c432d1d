package io.squadron.jobs.bench;

import io.squadron.engine.Batch;
import io.squadron.engine.Compute;
import io.squadron.engine.Engines;
import io.squadron.engine.Profiled;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.model.Freeze;
import io.squadron.model.ModelSpec;
import io.squadron.model.Operations;
import io.squadron.model.Weights;
import io.squadron.optim.Decay;
import io.squadron.optim.FlatVectors;
import io.squadron.optim.OptimiserState;
import io.squadron.optim.ParameterGroup;
import io.squadron.optim.ParameterGroups;
import io.squadron.optim.Sgd;
import io.squadron.optim.Update;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** One variant with an open session. It takes turns with others; each turn is a step and what the step is held against. */
final class Contender implements AutoCloseable {
    static final String OPTIMISER = "optimiser";
    /** What the session's own parts leave of its time. */
    static final String REST = "rest";

    /** Too small to break the numbers of a network that learns noise; an update takes as long with any rate. */
    private static final double LEARNING_RATE = 1e-4;

    private static final double WEIGHT_DECAY = 1e-4;
    private static final Sgd RULE = Sgd.heavyBall(0.9);

    private final Variant variant;
    private final Mode mode;
    private final Operations operations;
    private final Weights weights;
    private final Session session;
    private final FlatVectors vectors;
    private final OptimiserState state;
    private final List<Turn> steps = new ArrayList<>();
    private final List<Turn> ceilings = new ArrayList<>();
    private final List<Turn> inferences = new ArrayList<>();

    /** {@code variant} names its engine and precision, neither is {@code auto}; {@code weights} become its own. */
    Contender(Variant variant, Mode mode, ModelSpec spec, Weights weights) {
        Freeze freeze = mode.freeze(spec);
        this.variant = variant;
        this.mode = mode;
        this.operations = mode.operations(spec);
        this.weights = weights;
        List<ParameterGroup> groups = ParameterGroups.of(weights.layout(), freeze, WEIGHT_DECAY, Decay.EVERYTHING);
        this.vectors = new FlatVectors(groups, variant.threads());
        this.state = OptimiserState.fresh(RULE, weights.layout().length());
        SessionOptions options = SessionOptions.plain()
                .with(new Compute(variant.threads(), variant.precision()))
                .withFreeze(freeze);
        this.session = Engines.named(variant.engine()).open(spec, weights, options);
    }

    Variant variant() {
        return variant;
    }

    /** Forgets the turns so far. */
    void forget() {
        steps.clear();
        ceilings.clear();
        inferences.clear();
    }

    void turn(Batch batch) {
        steps.add(mode == Mode.INFER ? inference(batch) : step(batch));
        if (session instanceof Profiled profiled) {
            ceilings.add(timed(() -> profiled.convolutionsAlone(mode.pass(), batch.count())));
        }
        if (mode == Mode.FROZEN) {
            inferences.add(inference(batch));
        }
    }

    private Turn step(Batch batch) {
        long began = System.nanoTime();
        session.step(batch);
        long computed = System.nanoTime();
        update(batch.count());
        long ended = System.nanoTime();
        Map<String, Long> split = split(computed - began);
        if (!split.isEmpty()) {
            split.put(OPTIMISER, ended - computed);
        }
        return new Turn(ended - began, split);
    }

    private Turn inference(Batch batch) {
        Turn whole = timed(() -> session.infer(batch.images()));
        return new Turn(whole.nanos(), split(whole.nanos()));
    }

    private static Turn timed(Runnable work) {
        long began = System.nanoTime();
        work.run();
        return new Turn(System.nanoTime() - began, Map.of());
    }

    /** The parts of the session's last call, which took {@code whole}. */
    private Map<String, Long> split(long whole) {
        if (!(session instanceof Profiled profiled)) {
            return new LinkedHashMap<>();
        }
        Map<String, Long> split = new LinkedHashMap<>(profiled.laps());
        split.put(
                REST, whole - split.values().stream().mapToLong(Long::longValue).sum());
        return split;
    }

    /** As a replica does it. */
    private void update(int samples) {
        Update update = RULE.begin(state, LEARNING_RATE);
        vectors.apply(update, weights.values(), session.gradient(), new Update.Mean(samples, 1));
    }

    /** What came out of the turns since the last {@link #forget}. */
    Row.Measured row(int batch) {
        Turn step = Turn.median(steps);
        Map<String, Double> split = new LinkedHashMap<>();
        step.split().forEach((kind, nanos) -> split.put(kind, nanos / 1e6));
        Row.Work work = new Row.Work(operations.convolution() * batch / 1e9, operations.total() * batch / 1e9);
        Optional<Profiled.Footprint> footprint = session instanceof Profiled profiled
                ? Optional.of(profiled.footprint(mode.pass(), batch))
                : Optional.empty();
        return new Row.Measured(
                variant,
                batch,
                step.nanos() / 1e6,
                split,
                new Row.Bounds(median(ceilings), median(inferences)),
                work,
                new Row.Space(footprint, vectorBytes(weights.layout().length()), Optional.empty()));
    }

    /** Weights, gradient and momentum on the heap. */
    static long vectorBytes(int length) {
        return 3L * Float.BYTES * length;
    }

    private static OptionalDouble median(List<Turn> turns) {
        return turns.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Turn.median(turns).nanos() / 1e6);
    }

    @Override
    public void close() {
        vectors.close();
        session.close();
    }
}
