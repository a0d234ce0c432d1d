package io.squadron.driver.spark.predict;

/** What became of one row's image. */
public sealed interface Verdict {
    /** The model has looked at it. // probabilities: [classes], they add up to 1 */
    record Seen(double[] probabilities) implements Verdict {
        /** The class of the highest probability, of equal ones the first. */
        public int best() {
            int best = 0;
            for (int i = 1; i < probabilities.length; i++) {
                best = probabilities[i] > probabilities[best] ? i : best;
            }
            return best;
        }
    }

    /** It cannot be read, and why. */
    record Unreadable(String reason) implements Verdict {}
}
