package io.squadron.diagnosis;

import io.squadron.engine.Batch;
import io.squadron.engine.Compute;
import io.squadron.engine.Engine;
import io.squadron.engine.Images;
import io.squadron.engine.Normalisation;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.failure.Failure;
import io.squadron.model.Freeze;
import io.squadron.model.Layer;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import io.squadron.model.Shape;
import io.squadron.model.Slice;
import io.squadron.model.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Grad-CAM (Selvaraju et al., arXiv:1610.02391): which places of a late activation A spoke for a class. The map is
 * relu(sum_k w_k A_k), where w_k is the mean over the positions of d score / d A_k. The score is the logarithm of the class's
 * probability, not its logit: what tells it from the other classes, not what they have in common.
 *
 * <p>The gradient comes from the engine as it is. Behind A stands a probe, a 1 x 1 convolution with a group for each channel,
 * of weight 1 and bias 0: it changes nothing, and the gradient of its bias is the sum over the positions of d loss / d A. All
 * else is frozen, so that batch norms use their running statistics; dropout is left out. One thread.
 */
public final class GradCam implements AutoCloseable {
    private static final String PROBE = "probe";
    /** A map with fewer fields a side shows no place. */
    private static final int LEAST_SIDE = 4;

    private final ModelSpec spec;
    private final String target;
    private final Session session;
    /** Steps and looks at inner layers by turns are more than Deeplearning4j's workspaces bear: each has its own session. */
    private final Session looking;

    private GradCam(ModelSpec spec, String target, Session session, Session looking) {
        this.spec = spec;
        this.target = target;
        this.session = session;
        this.looking = looking;
    }

    /** Opens on a copy of {@code weights}; the caller closes it. */
    public static GradCam open(
            Engine engine, ModelSpec spec, Weights weights, Normalisation normalisation, Compute compute) {
        String target = target(spec);
        ModelSpec probed = probed(Ablation.asEvaluated(spec), target);
        Set<String> others = probed.layout().slices().stream()
                .map(Slice::node)
                .filter(node -> !node.equals(PROBE))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        SessionOptions options = SessionOptions.plain()
                .with(compute)
                .withNormalisation(normalisation)
                .withFreeze(new Freeze(others));
        Weights all = probedWeights(probed, weights);
        return new GradCam(probed, target, engine.open(probed, all, options), engine.open(probed, all, options));
    }

    /**
     * The activation that is looked at: the last that all information passes through, that is no pool, and that has at least
     * 4 x 4 places. Fails where there is none, as in a network for tiny images.
     */
    public static String target(ModelSpec spec) {
        List<Node> path = spec.leadingTo(spec.output().name());
        Map<String, Shape> shapes = spec.shapes();
        for (int i = path.size() - 1; i >= 0; i--) {
            Node node = path.get(i);
            Shape shape = shapes.get(node.name());
            boolean large = Math.min(shape.height(), shape.width()) >= LEAST_SIDE;
            if (large && isActivation(node.layer()) && allPassThrough(path, node.name())) {
                return node.name();
            }
        }
        throw Failure.usage(
                "Cannot show what %s looks at in images of %s: no layer has an activation of at least %d x %d places. "
                        + "Set report.saliency = false",
                spec.architecture(), spec.input(), LEAST_SIDE, LEAST_SIDE);
    }

    /** Whether {@link #target} finds one. */
    public static boolean canSee(ModelSpec spec) {
        try {
            target(spec);
            return true;
        } catch (Failure none) {
            return false;
        }
    }

    private static boolean isActivation(Layer layer) {
        return layer instanceof Layer.Relu || layer instanceof Layer.Add || layer instanceof Layer.Concat;
    }

    private static boolean allPassThrough(List<Node> path, String name) {
        Set<String> reached = new LinkedHashSet<>(Set.of(ModelSpec.INPUT));
        for (Node node : path) {
            if (!node.name().equals(name) && node.inputs().stream().anyMatch(reached::contains)) {
                reached.add(node.name());
            }
        }
        return !reached.contains(path.get(path.size() - 1).name());
    }

    private static ModelSpec probed(ModelSpec spec, String target) {
        int channels = spec.shapes().get(target).channels();
        List<Node> nodes = new ArrayList<>();
        for (Node node : spec.nodes()) {
            List<String> inputs = node.inputs().stream()
                    .map(input -> input.equals(target) ? PROBE : input)
                    .toList();
            nodes.add(new Node(node.name(), node.layer(), inputs));
            if (node.name().equals(target)) {
                Layer.Window window = Layer.Window.square(1, 1, 0);
                Layer probe = new Layer.Convolution(channels, channels, window, channels, true);
                nodes.add(new Node(PROBE, probe, List.of(target)));
            }
        }
        return new ModelSpec(spec.architecture(), spec.input(), nodes);
    }

    private static Weights probedWeights(ModelSpec probed, Weights weights) {
        Weights all = Weights.zeros(probed.layout());
        for (Slice slice : all.layout().slices()) {
            if (!slice.node().equals(PROBE)) {
                all.setSlice(slice.name(), weights.slice(slice.name()));
            }
        }
        float[] ones = new float[all.layout().slice(PROBE + ".weight").length()];
        Arrays.fill(ones, 1);
        all.setSlice(PROBE + ".weight", ones);
        return all;
    }

    /** The name of the activation. */
    public String target() {
        return target;
    }

    /** What in the one image of {@code image} speaks for class {@code label}. */
    public Heat of(Images image, int label) {
        float[] weight = channelWeights(image, label);
        float[] activation = looking.features(image, target);
        Shape shape = spec.shapes().get(target);
        int area = shape.height() * shape.width();
        float[] heat = new float[area];
        for (int c = 0; c < shape.channels(); c++) {
            for (int p = 0; p < area; p++) {
                heat[p] += weight[c] * activation[c * area + p];
            }
        }
        for (int p = 0; p < area; p++) {
            heat[p] = Math.max(0, heat[p]);
        }
        return new Heat(shape.height(), shape.width(), heat);
    }

    /** Mean over the positions of d log probability / d activation. // [channels] */
    float[] channelWeights(Images image, int label) {
        if (image.count() != 1) {
            throw new IllegalArgumentException("Cannot look at %d images at once".formatted(image.count()));
        }
        session.step(new Batch(image, new int[] {label}));
        Shape shape = spec.shapes().get(target);
        Slice bias = session.weights().layout().slice(PROBE + ".bias");
        float[] weights = Arrays.copyOfRange(session.gradient(), bias.offset(), bias.end());
        for (int c = 0; c < weights.length; c++) {
            weights[c] = -weights[c] / (shape.height() * shape.width());
        }
        return weights;
    }

    /** The logarithm of the class's probability with {@code bias} added to all places of the activation's {@code channel}. */
    double logProbability(Images image, int label, int channel, float bias) {
        Slice slice = session.weights().layout().slice(PROBE + ".bias");
        session.weights().values()[slice.offset() + channel] = bias;
        try {
            return -session.step(new Batch(image, new int[] {label})).lossSum();
        } finally {
            session.weights().values()[slice.offset() + channel] = 0;
        }
    }

    @Override
    public void close() {
        session.close();
        looking.close();
    }
}
