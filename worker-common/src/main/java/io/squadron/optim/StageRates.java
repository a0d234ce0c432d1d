package io.squadron.optim;

import io.squadron.failure.Failure;
import io.squadron.model.Freeze;
import io.squadron.model.ModelSpec;
import io.squadron.model.Slice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Factors on the learning rate by depth: what lies near the image is general and moves little, the head is new and moves most
 * (discriminative fine-tuning, Howard and Ruder, arXiv:1801.06146).
 *
 * @param byNode factor of each node; 1 for those that are not named
 */
public record StageRates(Map<String, Double> byNode) {
    public StageRates {
        byNode = Map.copyOf(byNode);
    }

    /** 1 everywhere. */
    public static StageRates even() {
        return new StageRates(Map.of());
    }

    /**
     * decay^(S - 1 - s) for stage s of the S stages of {@link Freeze#stages}, and the last one's, the head's, times {@code
     * head}.
     *
     * @param decay from one stage to the one below, above 0
     * @param head above 0
     */
    public static StageRates of(ModelSpec spec, double decay, double head) {
        if (!(decay > 0 && head > 0 && decay < Double.POSITIVE_INFINITY && head < Double.POSITIVE_INFINITY)) {
            throw Failure.usage(
                    "Cannot lower learning rates by %s per stage and raise the head's by %s (expected above 0)",
                    decay, head);
        }
        Map<String, Double> rates = new HashMap<>();
        List<Set<String>> stages = Freeze.stages(spec);
        int last = stages.size() - 1;
        for (int stage = 0; stage <= last; stage++) {
            double rate = StrictMath.pow(decay, (double) last - stage) * (stage == last ? head : 1);
            stages.get(stage).forEach(node -> rates.put(node, rate));
        }
        return new StageRates(rates);
    }

    double of(Slice slice) {
        return byNode.getOrDefault(slice.node(), 1.0);
    }
}
