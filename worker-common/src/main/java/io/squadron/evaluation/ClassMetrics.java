package io.squadron.evaluation;

/**
 * How well one class is recognised. 0/0 is NaN: a class that was never predicted has no precision, one without samples no
 * recall.
 *
 * @param precision right among those predicted as this class
 * @param recall right among those of this class
 * @param f1 harmonic mean of both, 2 TP / (2 TP + FP + FN)
 * @param support samples of this class
 * @param predicted samples predicted as this class
 */
public record ClassMetrics(int label, double precision, double recall, double f1, long support, long predicted) {
    static ClassMetrics of(Tally tally, int label) {
        long right = tally.confusion()[label][label];
        long support = 0;
        long predicted = 0;
        for (int i = 0; i < tally.classes(); i++) {
            support += tally.confusion()[label][i];
            predicted += tally.confusion()[i][label];
        }
        return new ClassMetrics(
                label,
                (double) right / predicted,
                (double) right / support,
                2.0 * right / (support + predicted),
                support,
                predicted);
    }

    /** Whether the class occurs at all, as a label or as a prediction. */
    public boolean occurs() {
        return support > 0 || predicted > 0;
    }
}
