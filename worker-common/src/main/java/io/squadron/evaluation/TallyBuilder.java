package io.squadron.evaluation;

import io.squadron.failure.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Counts samples one by one into a {@link Tally}. Float sums run in the order of the calls. StrictMath throughout, so that
 * every machine counts the same bits. Mutable, not thread-safe; one per rank or partition.
 */
public final class TallyBuilder {
    private final Tally zero;
    private final long[][] confusion;
    private final CalibrationBin[] bins;
    /** The mildest of the kept mistakes on top, ready to give way. */
    private final PriorityQueue<Mistake> mistakes = new PriorityQueue<>(Mistake.WORST_FIRST.reversed());

    private long samples;
    private double lossSum;
    private long correct;
    private long correctTopFive;

    /** Shape as in {@link Tally#empty}. */
    public TallyBuilder(int classes, int bins, int worst) {
        this.zero = Tally.empty(classes, bins, worst);
        this.confusion = new long[classes][classes];
        this.bins = zero.bins().toArray(CalibrationBin[]::new);
    }

    /**
     * Counts one sample.
     *
     * @param logits holds the sample's logits at {@code offset} .. {@code offset + classes - 1}
     * @throws Failure NUMERIC when one of them is not finite
     */
    public void add(long sampleId, int position, int label, float[] logits, int offset) {
        requireLabel(sampleId, label);
        int predicted = largest(sampleId, logits, offset);
        double total = 0; // of exp(logit - largest), at least 1
        for (int i = 0; i < classes(); i++) {
            total += StrictMath.exp((double) logits[offset + i] - logits[offset + predicted]);
        }
        double margin = (double) logits[offset + label] - logits[offset + predicted];
        double loss = StrictMath.log(total) - margin;
        double confidence = 1 / total;

        samples++;
        lossSum += loss;
        confusion[label][predicted]++;
        correctTopFive += ahead(logits, offset, label) < 5 ? 1 : 0;
        if (predicted == label) {
            correct++;
        } else {
            keep(new Mistake(sampleId, position, label, predicted, confidence, StrictMath.exp(margin) / total, loss));
        }
        int bin = bin(confidence);
        bins[bin] = bins[bin].merge(new CalibrationBin(1, confidence, predicted == label ? 1 : 0));
    }

    /** What was counted so far; the builder may go on counting. */
    public Tally build() {
        long[][] copy = Arrays.stream(confusion).map(long[]::clone).toArray(long[][]::new);
        List<Mistake> kept = new ArrayList<>(mistakes);
        kept.sort(Mistake.WORST_FIRST);
        return new Tally(samples, lossSum, correct, correctTopFive, copy, Arrays.asList(bins), zero.worst(), kept);
    }

    private int classes() {
        return confusion.length;
    }

    private void requireLabel(long sampleId, int label) {
        if (label < 0 || label >= classes()) {
            throw Failure.data(
                    "Cannot evaluate sample %016x: its label is %d (expected 0 to %d). Was the model trained on another dataset?",
                    sampleId, label, classes() - 1);
        }
    }

    private int largest(long sampleId, float[] logits, int offset) {
        int best = 0;
        for (int i = 0; i < classes(); i++) {
            float each = logits[offset + i];
            if (!Float.isFinite(each)) {
                throw Failure.numeric(
                        "Cannot evaluate sample %016x: the logit of class %d is %s (expected a finite number). "
                                + "The weights have diverged: go back to an earlier checkpoint, lower the learning rate",
                        sampleId, i, each);
            }
            best = each > logits[offset + best] ? i : best;
        }
        return best;
    }

    /** How many classes are ranked before the label: larger logits, and equal ones of lower classes. */
    private int ahead(float[] logits, int offset, int label) {
        int count = 0;
        for (int i = 0; i < classes(); i++) {
            int order = Float.compare(logits[offset + i] + 0f, logits[offset + label] + 0f);
            count += order > 0 || (order == 0 && i < label) ? 1 : 0;
        }
        return count;
    }

    private int bin(double confidence) {
        return Math.max(0, (int) Math.ceil(confidence * bins.length) - 1);
    }

    private void keep(Mistake mistake) {
        mistakes.add(mistake);
        if (mistakes.size() > zero.worst()) {
            mistakes.remove();
        }
    }
}
