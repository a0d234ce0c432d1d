package io.squadron.replica;

import io.squadron.collective.Collective;
import io.squadron.dataset.BatchSource;
import io.squadron.engine.Moments;
import io.squadron.engine.Session;
import io.squadron.model.Freeze;
import io.squadron.model.Layer;
import io.squadron.model.Layout;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts statistics measured over many samples into the place of the running ones. Each rank looks at its share of the
 * batches; what the ranks found is merged in rank order, in float64, so that all get the same bits. With n elements in all,
 * of which a batch has n_b with mean m_b and variance v_b, the mean is sum(n_b m_b) / n and the variance
 * sum(n_b (v_b + m_b^2)) / n - mean^2 (Wu and Johnson, arXiv:2105.07576, section 3), computed without that difference of
 * large numbers (see {@link Moments}). The variance divides by n: these are all the samples, not a sample of them.
 *
 * @param session on the weights to measure with; its running statistics are replaced
 * @param norms those that are trained, in the order of the network
 */
record PopulationStatistics(Session session, List<Node> norms, Collective collective) {
    /** Opens this rank's share of the samples anew. */
    @FunctionalInterface
    interface Pass {
        BatchSource open();
    }

    static PopulationStatistics of(Session session, ModelSpec spec, Freeze freeze, Collective collective) {
        List<Node> norms = spec.nodes().stream()
                .filter(node -> node.layer() instanceof Layer.BatchNorm)
                .filter(node -> !freeze.nodes().contains(node.name()))
                .toList();
        return new PopulationStatistics(session, norms, collective);
    }

    /** All batch norms in one pass over {@code batches} batches: each batch is normalised with its own statistics. */
    void precise(Pass pass, int batches) {
        Map<String, Moments> found = new LinkedHashMap<>();
        norms.forEach(norm -> found.put(norm.name(), Moments.empty(channels(norm))));
        try (BatchSource source = pass.open()) {
            for (int i = 0; i < batches; i++) {
                session.observe(source.take().images(), (node, moments) -> {
                    found.merge(node, moments, Moments::merge);
                    return moments;
                });
            }
        }
        merge("precise batch norm", found).forEach(this::put);
    }

    /** One batch norm after the other, each with a pass of its own, below it what was found before. */
    void exact(Pass pass, int batches) {
        Map<String, Moments> before = new LinkedHashMap<>();
        for (Node norm : norms) {
            Map<String, Moments> found = new LinkedHashMap<>(Map.of(norm.name(), Moments.empty(channels(norm))));
            try (BatchSource source = pass.open()) {
                for (int i = 0; i < batches; i++) {
                    session.observe(source.take().images(), (node, moments) -> {
                        found.computeIfPresent(node, (same, until) -> until.merge(moments));
                        return before.getOrDefault(node, moments);
                    });
                }
            }
            before.putAll(merge("exact batch norm " + norm.name(), found));
        }
        before.forEach(this::put);
    }

    private static int channels(Node norm) {
        return ((Layer.BatchNorm) norm.layer()).channels();
    }

    /** What all ranks found together. // on the wire, norm by norm: count, means, squares */
    private Map<String, Moments> merge(String what, Map<String, Moments> mine) {
        int length = mine.values().stream()
                .mapToInt(moments -> 1 + 2 * moments.channels())
                .sum();
        double[] packed = new double[length];
        int at = 0;
        for (Moments each : mine.values()) {
            packed[at] = each.count();
            System.arraycopy(each.mean(), 0, packed, at + 1, each.channels());
            System.arraycopy(each.squares(), 0, packed, at + 1 + each.channels(), each.channels());
            at += 1 + 2 * each.channels();
        }
        double[][] all = collective.allGather(what, packed);
        Map<String, Moments> merged = new LinkedHashMap<>();
        int from = 0;
        for (Map.Entry<String, Moments> each : mine.entrySet()) {
            int channels = each.getValue().channels();
            Moments total = Moments.empty(channels);
            for (double[] theirs : all) {
                total = total.merge(unpacked(theirs, from, channels));
            }
            merged.put(each.getKey(), total);
            from += 1 + 2 * channels;
        }
        return merged;
    }

    private static Moments unpacked(double[] packed, int at, int channels) {
        int squares = at + 1 + channels;
        return new Moments(
                packed[at],
                Arrays.copyOfRange(packed, at + 1, squares),
                Arrays.copyOfRange(packed, squares, squares + channels));
    }

    private void put(String norm, Moments moments) {
        if (moments.count() == 0) {
            return;
        }
        Layout layout = session.weights().layout();
        float[] values = session.weights().values();
        int mean = layout.slice(norm + ".running_mean").offset();
        int variance = layout.slice(norm + ".running_var").offset();
        for (int c = 0; c < moments.channels(); c++) {
            values[mean + c] = (float) moments.mean()[c];
            values[variance + c] = (float) moments.biasedVariance(c);
        }
    }
}
