package io.squadron.engine;

import io.squadron.model.Freeze;
import io.squadron.model.Layer;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import io.squadron.random.RandomStream;
import java.util.HashSet;
import java.util.Set;

/**
 * What one dropout, or stochastic depth, does to each sample: a function of (seed, node, step, number of the sample within the global batch), so
 * that it depends neither on the engine nor on how many replicas share the batch. Kept elements are multiplied with
 * 1 / (1 - drop), dropped ones with 0. Srivastava et al., JMLR 15 (2014).
 *
 * @param purpose names the stream: "dropout classifier.0"
 * @param drop the share that is dropped, above 0 and below 1
 */
public record DropoutMask(long seed, String purpose, float drop) {
    /** Of a dropout that acts, or of a stochastic depth, whose samples are one element each. */
    public static DropoutMask of(long seed, Node node) {
        String kind = node.layer() instanceof Layer.StochasticDepth ? "stochastic depth " : "dropout ";
        return new DropoutMask(seed, kind + node.name(), drop(node));
    }

    private static float drop(Node node) {
        if (node.layer() instanceof Layer.StochasticDepth depth) {
            return depth.drop();
        }
        return node.layer() instanceof Layer.Dropout dropout ? dropout.drop() : 0;
    }

    /**
     * The dropouts and stochastic depths that act in training: all but those which drop nothing and those above which parameters lie, but none
     * that is trained (see {@link Freeze}).
     */
    public static Set<String> acting(ModelSpec spec, Freeze freeze) {
        Set<String> trained = new HashSet<>();
        Set<String> frozen = new HashSet<>();
        spec.layout().slices().forEach(slice -> (freeze.holds(slice) ? frozen : trained).add(slice.node()));
        Set<String> acting = new HashSet<>();
        for (Node node : spec.nodes()) {
            if (drop(node) > 0) {
                Set<String> above = above(spec, node);
                if (above.stream().anyMatch(trained::contains) || above.stream().noneMatch(frozen::contains)) {
                    acting.add(node.name());
                }
            }
        }
        return acting;
    }

    private static Set<String> above(ModelSpec spec, Node node) {
        Set<String> above = new HashSet<>();
        for (Node reader : spec.nodes()) {
            if (reader.inputs().contains(node.name())
                    || reader.inputs().stream().anyMatch(above::contains)) {
                above.add(reader.name());
            }
        }
        return above;
    }

    /**
     * The factors of one sample, channel by channel, to {@code factors}[from] .. [from + count - 1].
     *
     * @param sample its number within the batch that stands at {@code place}
     */
    public void draw(Batch.Place place, int sample, float[] factors, int from, int count) {
        RandomStream random = RandomStream.of(seed, purpose, place.step(), (long) place.first() + sample);
        float kept = (float) (1 / (1 - (double) drop));
        // 64 random bits decide over two elements: an element is dropped where its 32 bits lie below the threshold.
        long threshold = Math.round((double) drop * 0x1p32);
        long bits = 0;
        for (int i = 0; i < count; i++) {
            bits = (i & 1) == 0 ? random.nextLong() : bits << 32;
            factors[from + i] = (bits >>> 32) < threshold ? 0f : kept;
        }
    }
}
