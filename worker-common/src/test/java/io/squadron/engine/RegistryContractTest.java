package io.squadron.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.squadron.model.Architectures;
import io.squadron.model.AuxiliaryHeads;
import io.squadron.model.Dropout;
import io.squadron.model.Freeze;
import io.squadron.model.Layer;
import io.squadron.model.ModelOptions;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import io.squadron.model.Shape;
import io.squadron.model.Slice;
import io.squadron.model.Variation;
import io.squadron.model.Weights;
import io.squadron.random.RandomStream;
import io.squadron.testing.GoldenFill;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every architecture of the registry, with dropouts on, in both engines: at an eighth of its width, for the
 * widths themselves are {@link GoldenTest}'s.
 */
class RegistryContractTest {
    private static final int CLASSES = 3;
    private static final int SIZE = 64;
    private static final int COUNT = 4;
    private static final Batch.Place PLACE = new Batch.Place(5, 8);
    private static final SessionOptions OPTIONS = SessionOptions.plain().withSeed(11);
    private static final Engine FAST = TestedEngines.named("onednn");
    private static final Engine REFERENCE = TestedEngines.named("dl4j");

    /** One network of the registry. */
    record Case(String name, ModelOptions options) {
        ModelSpec whole() {
            return Architectures.build(name, options);
        }

        ModelSpec narrow() {
            return TestedModels.narrow(whole());
        }

        @Override
        public String toString() {
            String heads = options.auxiliaryHeads() == AuxiliaryHeads.NONE ? "" : " with auxiliary heads";
            return options.variation().equals(Variation.none()) ? name + heads : name + " " + options.variation();
        }
    }

    static Stream<Case> architectures() {
        ModelOptions plain = ModelOptions.of(new Shape(3, SIZE, SIZE), CLASSES);
        return Stream.concat(
                Architectures.names().stream().map(name -> new Case(name, plain)),
                Stream.of(
                        new Case("googlenet", plain.with(AuxiliaryHeads.PUBLISHED)),
                        new Case("resnet18", plain.with(varied(Variation.Skips.OFF, Variation.Norms.ON, 0))),
                        new Case("resnet18", plain.with(varied(Variation.Skips.ON, Variation.Norms.OFF, 0))),
                        new Case("resnet18", plain.with(varied(Variation.Skips.OFF, Variation.Norms.OFF, 0))),
                        new Case("resnet18", plain.with(varied(Variation.Skips.ON, Variation.Norms.ON, 0.5f))),
                        new Case("resnet50", plain.with(varied(Variation.Skips.ON, Variation.Norms.OFF, 0.5f))),
                        new Case("resnet18", plain.with(dropping(Variation.Norms.ON, 0.4f)))));
    }

    private static Variation varied(Variation.Skips skips, Variation.Norms norms, float stochasticDepth) {
        return new Variation(skips, norms, stochasticDepth);
    }

    private static Variation dropping(Variation.Norms norms, float share) {
        return new Variation(Variation.Skips.ON, norms, 0, new Dropout.Share(share));
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void bothEnginesComputeAlikeAndLeaveWhatIsLearnedAsItWas(Case each) {
        ModelSpec spec = each.narrow();
        Outcome fast = outcome(FAST, spec, OPTIONS);
        Outcome reference = outcome(REFERENCE, spec, OPTIONS);
        assertThat(largest(fast.logits)).as("largest logit").isFinite().isPositive();
        assertThat(distance(fast.logits, reference.logits))
                .as("logits")
                .isLessThan(1e-4 * Math.sqrt(fast.logits.length) * largest(reference.logits));
        assertThat(fast.loss).as("loss").isCloseTo(reference.loss, within(1e-4 * reference.loss));
        requireAlike(spec, Freeze.none(), reference.gradient, fast.gradient);
        for (Slice slice : spec.layout().slices()) {
            float[] expected = reference.weights.slice(slice.name());
            double slack = slice.role().learned() ? 0 : 1e-4 * norm(expected, 0, expected.length);
            assertThat(distance(fast.weights.slice(slice.name()), expected))
                    .as(slice.name())
                    .isLessThanOrEqualTo(slack);
            if (slice.role().learned()) {
                assertThat(expected).as(slice.name()).isEqualTo(GoldenFill.tensor(slice, 1));
            }
        }
    }

    /**
     * Along a direction in a few tensors, half of it the gradient itself and half at random. The networks have kinks, and the
     * loss is known to 1e-6 of itself, so a twentieth of the gradient's length is what differences can show.
     */
    @ParameterizedTest
    @MethodSource("architectures")
    void gradientIsTheSlopeOfTheLoss(Case each) {
        ModelSpec spec = each.narrow();
        Weights weights = GoldenFill.weights(spec, 1);
        float[] pristine = weights.values().clone();
        try (Session session = FAST.open(spec, weights, OPTIONS)) {
            assertThat(session.step(batch()).samples()).isEqualTo(COUNT);
            float[] gradient = session.gradient().clone();
            for (Slice slice : probed(spec)) {
                double length = norm(gradient, slice.offset(), slice.end());
                float[] direction = direction(gradient, slice, length);
                double expected = 0;
                for (int i = 0; i < direction.length; i++) {
                    expected += (double) direction[i] * gradient[slice.offset() + i];
                }
                double slope = slope(session, pristine, slice, direction);
                assertThat(slope).as("slope along %s", slice.name()).isCloseTo(expected, within(0.05 * length));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void newHeadsKeepEverythingElse(Case each) {
        ModelSpec before = each.whole();
        ModelSpec after = before.withClasses(7);
        Set<String> heads = before.auxiliaries().stream()
                .map(ModelSpec.Auxiliary::node)
                .collect(Collectors.toCollection(HashSet::new));
        heads.add(before.output().name());
        assertThat(after.classes()).as("classes").isEqualTo(7);
        assertThat(after.auxiliaries()).as("auxiliary heads").isEqualTo(before.auxiliaries());
        for (int i = 0; i < before.nodes().size(); i++) {
            Node node = before.nodes().get(i);
            if (heads.contains(node.name())) {
                assertThat(after.shapes().get(node.name())).as(node.name()).isEqualTo(Shape.flat(7));
            } else {
                assertThat(after.nodes().get(i)).as(node.name()).isEqualTo(node);
            }
        }
    }

    /** A frozen batch norm computes with other statistics, so what is above is compared to a network with frozen norms. */
    @ParameterizedTest
    @MethodSource("architectures")
    void frozenStagesHaveNoGradientAndThoseAboveKeepTheirs(Case each) {
        int stages = Freeze.stages(each.narrow()).size();
        requireFrozen(each, IntStream.of(1, stages / 2, stages - 1).distinct());
    }

    @Tag("soak") // a minute
    @ParameterizedTest
    @MethodSource("architectures")
    void soItIsAtEveryDepth(Case each) {
        requireFrozen(each, IntStream.range(1, Freeze.stages(each.narrow()).size()));
    }

    private static void requireFrozen(Case each, IntStream depths) {
        ModelSpec spec = each.narrow();
        int stages = Freeze.stages(spec).size();
        Freeze norms = Freeze.none();
        float[] expected = outcome(FAST, spec, OPTIONS).gradient;
        for (int depth : depths.toArray()) {
            Freeze freeze = Freeze.below(spec, depth);
            if (!norms.equals(normsOf(spec, freeze))) {
                norms = normsOf(spec, freeze);
                expected = outcome(FAST, spec, OPTIONS.withFreeze(norms)).gradient;
            }
            requireAlike(spec, freeze, expected, outcome(FAST, spec, OPTIONS.withFreeze(freeze)).gradient);
            // The slow engine in the middle.
            if (depth == stages / 2) {
                requireAlike(spec, freeze, expected, outcome(REFERENCE, spec, OPTIONS.withFreeze(freeze)).gradient);
            }
        }
    }

    /** A branch that is frozen beside others that are trained, of a body that is frozen below. */
    @Test
    void aSingleBranchCanBeFrozen() {
        ModelSpec spec = new Case("googlenet", ModelOptions.of(new Shape(3, SIZE, SIZE), CLASSES)).narrow();
        for (String branch : List.of("inception3a.branch1", "inception3a.branch2", "inception3a.branch4")) {
            Freeze freeze = Freeze.named(spec, List.of("conv1", "conv2", "conv3", branch));
            float[] expected = outcome(FAST, spec, OPTIONS.withFreeze(freeze)).gradient;
            requireAlike(spec, freeze, expected, outcome(REFERENCE, spec, OPTIONS.withFreeze(freeze)).gradient);
        }
    }

    /** Networks without batch norm: the gradient of a batch is the sum of its parts', masks included. */
    @Test
    void droppedElementsDoNotDependOnTheNumberOfReplicas() {
        ModelOptions plain = ModelOptions.of(new Shape(3, SIZE, SIZE), CLASSES);
        requireTheSameHoweverSplit(new Case("alexnet", plain).narrow());
        requireTheSameHoweverSplit(new Case("resnet18", plain.with(dropping(Variation.Norms.OFF, 0.7f))).narrow());
    }

    private static void requireTheSameHoweverSplit(ModelSpec spec) {
        for (Engine engine : List.of(FAST, REFERENCE)) {
            Weights weights = GoldenFill.weights(spec, 1);
            try (Session session = engine.open(spec, weights, OPTIONS)) {
                assertThat(session.step(batch()).samples()).isEqualTo(COUNT);
                float[] whole = session.gradient().clone();
                float[] sum = new float[whole.length];
                for (int first = 0, count = 1; first < COUNT; first += count, count = COUNT - first) {
                    assertThat(session.step(part(first, count)).samples()).isEqualTo(count);
                    for (int i = 0; i < sum.length; i++) {
                        sum[i] += session.gradient()[i];
                    }
                }
                requireAlike(spec, Freeze.none(), whole, sum);
                assertThat(session.step(batch().at(new Batch.Place(PLACE.step() + 1, PLACE.first())))
                                .samples())
                        .isEqualTo(COUNT);
                assertThat(distance(session.gradient(), whole))
                        .as("gradient with another step's masks")
                        .isGreaterThan(0.1 * norm(whole, 0, whole.length));
            }
        }
    }

    /** The loss of a step, by hand from the pooled features of an evaluation: kept ones are larger by 1 / (1 - share). */
    @Test
    void pooledFeaturesAreDroppedInTrainingAloneAndTheKeptOnesScaledUp() {
        ModelOptions plain = ModelOptions.of(new Shape(3, SIZE, SIZE), CLASSES);
        ModelSpec spec = new Case("resnet18", plain.with(dropping(Variation.Norms.OFF, 0.4f))).narrow();
        ModelSpec whole = new Case("resnet18", plain.with(dropping(Variation.Norms.OFF, 0))).narrow();
        DropoutMask mask = DropoutMask.of(OPTIONS.seed(), spec.node("dropout"));
        for (Engine engine : List.of(FAST, REFERENCE)) {
            Weights weights = GoldenFill.weights(spec, 1);
            Outcome undropped = outcome(engine, whole, OPTIONS);
            try (Session session = engine.open(spec, weights, OPTIONS)) {
                assertThat(distance(session.infer(batch().images()), undropped.logits))
                        .as("logits in evaluation")
                        .isLessThan(1e-5 * largest(undropped.logits));
                float[] pooled = session.features(batch().images(), "avgpool");
                double expected = lossByHand(weights, pooled, mask);
                assertThat(session.step(batch()).lossSum()).as("loss").isCloseTo(expected, within(1e-4 * expected));
                assertThat(expected).as("loss with dropout").isNotCloseTo(undropped.loss, within(0.01));
            }
        }
    }

    // pooled: (samples, features)
    private static double lossByHand(Weights weights, float[] pooled, DropoutMask mask) {
        int features = pooled.length / COUNT;
        float[] matrix = weights.slice("fc.weight");
        float[] bias = weights.slice("fc.bias");
        float[] factors = new float[features];
        double sum = 0;
        for (int sample = 0; sample < COUNT; sample++) {
            mask.draw(PLACE, sample, factors, 0, features);
            double[] logits = new double[CLASSES];
            double total = 0;
            for (int c = 0; c < CLASSES; c++) {
                logits[c] = bias[c];
                for (int f = 0; f < features; f++) {
                    logits[c] += (double) matrix[c * features + f] * pooled[sample * features + f] * factors[f];
                }
                total += Math.exp(logits[c]);
            }
            sum += Math.log(total) - logits[GoldenFill.labels(COUNT, CLASSES)[sample]];
        }
        return sum;
    }

    /** A batch of which a sample's branch is left out is computed as if its last batch norm were zero for that sample. */
    @Test
    void stochasticDepthLeavesWholeSamplesOutInTrainingAlone() {
        ModelOptions options = ModelOptions.of(new Shape(3, SIZE, SIZE), CLASSES);
        ModelSpec with =
                new Case("resnet18", options.with(varied(Variation.Skips.ON, Variation.Norms.OFF, 0.9f))).narrow();
        ModelSpec without =
                new Case("resnet18", options.with(varied(Variation.Skips.ON, Variation.Norms.OFF, 0))).narrow();
        for (Engine engine : List.of(FAST, REFERENCE)) {
            Outcome dropped = outcome(engine, with, OPTIONS);
            Outcome whole = outcome(engine, without, OPTIONS);
            assertThat(distance(dropped.logits, whole.logits))
                    .as("logits in evaluation")
                    .isLessThan(1e-5 * largest(whole.logits));
            assertThat(distance(dropped.gradient, whole.gradient))
                    .as("gradients")
                    .isGreaterThan(0.1 * norm(whole.gradient, 0, whole.gradient.length));
            Weights weights = GoldenFill.weights(with, 1);
            float[] sum = new float[weights.values().length];
            try (Session session = engine.open(with, weights, OPTIONS)) {
                for (int first = 0; first < COUNT; first++) {
                    assertThat(session.step(part(first, 1)).samples()).isEqualTo(1);
                    for (int i = 0; i < sum.length; i++) {
                        sum[i] += session.gradient()[i];
                    }
                }
            }
            requireAlike(with, Freeze.none(), dropped.gradient, sum);
        }
    }

    @Test
    void evaluationLeavesAuxiliaryHeadsOutUnlessAskedForThem() {
        ModelOptions options = ModelOptions.of(new Shape(3, SIZE, SIZE), CLASSES);
        ModelSpec with = new Case("googlenet", options.with(AuxiliaryHeads.PUBLISHED)).narrow();
        ModelSpec without = new Case("googlenet", options).narrow();
        assertThat(with.leadingTo("fc")).as("what evaluation computes").isEqualTo(without.nodes());
        for (Engine engine : List.of(FAST, REFERENCE)) {
            try (Session one = engine.open(with, GoldenFill.weights(with, 1), OPTIONS);
                    Session other = engine.open(without, GoldenFill.weights(without, 1), OPTIONS)) {
                Images images = batch().images();
                assertThat(one.infer(images)).as("logits").isEqualTo(other.infer(images));
                assertThat(one.features(images, "aux1.fc2")).as("inner logits").hasSize(COUNT * CLASSES);
            }
        }
    }

    /** What a step and an evaluation left. */
    private record Outcome(float[] logits, double loss, float[] gradient, Weights weights) {}

    private static Outcome outcome(Engine engine, ModelSpec spec, SessionOptions options) {
        Weights weights = GoldenFill.weights(spec, 1);
        try (Session session = engine.open(spec, weights, options)) {
            float[] logits = session.infer(batch().images());
            double loss = session.step(batch()).lossSum();
            return new Outcome(logits, loss, session.gradient().clone(), weights);
        }
    }

    private static Batch batch() {
        return new Batch(GoldenFill.images(COUNT, 3, SIZE, 1), GoldenFill.labels(COUNT, CLASSES)).at(PLACE);
    }

    private static Batch part(int first, int count) {
        float[] all = GoldenFill.images(COUNT, 3, SIZE, 1).values();
        int one = all.length / COUNT;
        int[] labels = GoldenFill.labels(COUNT, CLASSES);
        return new Batch(
                        new Images.Floats(
                                java.util.Arrays.copyOfRange(all, first * one, (first + count) * one),
                                count,
                                3,
                                SIZE,
                                SIZE),
                        java.util.Arrays.copyOfRange(labels, first, first + count))
                .at(new Batch.Place(PLACE.step(), PLACE.first() + first));
    }

    private static Freeze normsOf(ModelSpec spec, Freeze freeze) {
        return new Freeze(freeze.nodes().stream()
                .filter(node -> spec.node(node).layer() instanceof Layer.BatchNorm)
                .collect(Collectors.toSet()));
    }

    /** Zero where frozen; elsewhere equal but for rounding, and the few ReLUs whose input it carries across zero. */
    private static void requireAlike(ModelSpec spec, Freeze freeze, float[] expected, float[] found) {
        double whole = norm(expected, 0, expected.length);
        for (Slice slice : spec.layout().slices()) {
            double length = norm(found, slice.offset(), slice.end());
            if (freeze.holds(slice) || !slice.role().learned()) {
                assertThat(length).as("gradient of %s", slice.name()).isZero();
                continue;
            }
            double squares = 0;
            for (int i = slice.offset(); i < slice.end(); i++) {
                squares += Math.pow((double) found[i] - expected[i], 2);
            }
            double reference = norm(expected, slice.offset(), slice.end());
            assertThat(Math.sqrt(squares))
                    .as("distance of the gradients of %s", slice.name())
                    .isLessThan(0.05 * reference + 1e-4 * whole);
        }
    }

    /** Weights of the first, a middle and the last layer, and of a head on an inner layer. */
    private static List<Slice> probed(ModelSpec spec) {
        List<Slice> learned = spec.layout().slices().stream()
                .filter(slice -> slice.role().decays())
                .toList();
        Stream<Slice> some =
                Stream.of(learned.get(0), learned.get(learned.size() / 2), learned.get(learned.size() - 1));
        return Stream.concat(some, learned.stream().filter(slice -> slice.name().equals("aux1.fc1.weight")))
                .distinct()
                .toList();
    }

    /** A vector of length one. */
    private static float[] direction(float[] gradient, Slice slice, double length) {
        RandomStream random = RandomStream.of(1, "direction " + slice.name());
        float[] direction = new float[slice.length()];
        double spread = 1 / Math.sqrt(direction.length);
        for (int i = 0; i < direction.length; i++) {
            direction[i] = (float) (gradient[slice.offset() + i] / length + spread * random.nextGaussian());
        }
        double norm = norm(direction, 0, direction.length);
        for (int i = 0; i < direction.length; i++) {
            direction[i] /= (float) norm;
        }
        return direction;
    }

    /** The difference of the losses a little before and a little behind where we are. */
    private static double slope(Session session, float[] pristine, Slice slice, float[] direction) {
        double step = 5e-5 * norm(pristine, slice.offset(), slice.end());
        float[] live = session.weights().values();
        double[] losses = new double[2];
        for (int side = 0; side < 2; side++) {
            System.arraycopy(pristine, 0, live, 0, pristine.length);
            for (int i = 0; i < direction.length; i++) {
                live[slice.offset() + i] += (float) ((side == 0 ? -step : step) * direction[i]);
            }
            losses[side] = session.step(batch()).lossSum();
        }
        System.arraycopy(pristine, 0, live, 0, pristine.length);
        return (losses[1] - losses[0]) / (2 * step);
    }

    private static double norm(float[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) values[i] * values[i];
        }
        return Math.sqrt(sum);
    }

    private static double distance(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += ((double) one[i] - other[i]) * ((double) one[i] - other[i]);
        }
        return Math.sqrt(sum);
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
