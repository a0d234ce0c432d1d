package io.squadron.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One class taken for another.
 *
 * @param count samples of {@code label} that were predicted as {@code predicted}
 * @param share of the samples of {@code label}, 0..1
 */
public record ConfusedPair(int label, int predicted, long count, double share) {
    /** All pairs that occur, the most frequent first; ties by label, then by prediction. */
    static List<ConfusedPair> all(Tally tally) {
        List<ConfusedPair> pairs = new ArrayList<>();
        for (int label = 0; label < tally.classes(); label++) {
            long support = ClassMetrics.of(tally, label).support();
            for (int predicted = 0; predicted < tally.classes(); predicted++) {
                long count = tally.confusion()[label][predicted];
                if (predicted != label && count > 0) {
                    pairs.add(new ConfusedPair(label, predicted, count, (double) count / support));
                }
            }
        }
        pairs.sort(Comparator.comparingLong(ConfusedPair::count).reversed());
        return pairs;
    }
}
