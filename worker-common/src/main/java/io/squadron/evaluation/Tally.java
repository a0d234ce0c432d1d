package io.squadron.evaluation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is counted when a model looks at labelled images. A monoid: {@link #empty} is its zero, {@link #merge} its sum,
 * and {@link TallyBuilder} makes one from logits. Counts and mistakes are the same however the samples were grouped;
 * the two kinds of float64 sums (loss, confidence) depend on the grouping in their last bits, so whoever wants the same
 * bits merges in a fixed order (ranks ascending, partitions ascending). The arrays are shared: do not write to them.
 *
 * @param lossSum sum of the cross-entropies in nats
 * @param correct samples whose largest logit is the label's (of equal logits the lowest class counts as largest)
 * @param correctTopFive samples whose label is among the five largest logits
 * @param confusion counts, [label][predicted]
 * @param bins equal intervals of confidence: bin m of M holds (m / M, (m + 1) / M]
 * @param worst how many mistakes are kept at most
 * @param mistakes the worst ones, in the order of {@link Mistake#WORST_FIRST}
 */
public record Tally(
        long samples,
        double lossSum,
        long correct,
        long correctTopFive,
        long[][] confusion,
        List<CalibrationBin> bins,
        int worst,
        List<Mistake> mistakes)
        implements Serializable {

    public Tally {
        bins = List.copyOf(bins);
        mistakes = List.copyOf(mistakes);
    }

    /**
     * The tally of no samples.
     *
     * @param bins intervals of confidence; 15 is customary
     * @param worst how many mistakes to keep
     */
    public static Tally empty(int classes, int bins, int worst) {
        if (classes < 1 || bins < 1 || worst < 0) {
            throw new IllegalArgumentException(
                    "Cannot tally %d classes, %d bins, %d mistakes (expected at least 1, 1 and 0)"
                            .formatted(classes, bins, worst));
        }
        return new Tally(
                0,
                0,
                0,
                0,
                new long[classes][classes],
                Collections.nCopies(bins, CalibrationBin.empty()),
                worst,
                List.of());
    }

    public int classes() {
        return confusion.length;
    }

    /** Both together; {@code this} is the left operand of the float sums. Both must have the same shape. */
    public Tally merge(Tally other) {
        requireAlike(other);
        return new Tally(
                samples + other.samples,
                lossSum + other.lossSum,
                correct + other.correct,
                correctTopFive + other.correctTopFive,
                added(confusion, other.confusion),
                mergedBins(other),
                worst,
                mergedMistakes(other));
    }

    private void requireAlike(Tally other) {
        if (classes() != other.classes() || bins.size() != other.bins.size() || worst != other.worst) {
            throw new IllegalArgumentException(
                    "Cannot merge a tally of %d classes, %d bins, %d mistakes with one of %d, %d, %d"
                            .formatted(classes(), bins.size(), worst, other.classes(), other.bins.size(), other.worst));
        }
    }

    private List<CalibrationBin> mergedBins(Tally other) {
        List<CalibrationBin> merged = new ArrayList<>(bins.size());
        for (int i = 0; i < bins.size(); i++) {
            merged.add(bins.get(i).merge(other.bins.get(i)));
        }
        return merged;
    }

    private List<Mistake> mergedMistakes(Tally other) {
        return Stream.concat(mistakes.stream(), other.mistakes.stream())
                .sorted(Mistake.WORST_FIRST)
                .limit(worst)
                .toList();
    }

    private static long[][] added(long[][] left, long[][] right) {
        long[][] sum = new long[left.length][left.length];
        for (int i = 0; i < left.length; i++) {
            for (int j = 0; j < left.length; j++) {
                sum[i][j] = left[i][j] + right[i][j];
            }
        }
        return sum;
    }
}
