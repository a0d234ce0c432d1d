package io.squadron.driver.dl4j;

import io.squadron.collective.Collective;
import io.squadron.engine.Moments;
import io.squadron.engine.NormSync;

/** Which ranks have a minibatch at a step, and the batch norms' exchanges among those: the others come with nothing. */
final class Attendance implements NormSync {
    private final Collective collective;
    private final NormSync exact;
    private double[] examples = {};

    Attendance(Collective collective) {
        this.collective = collective;
        this.exact = NormSync.exact(collective);
    }

    /** Calls the roll of a step. */
    void call(int mine) {
        double[][] all = collective.allGather("examples of a step", new double[] {mine});
        examples = new double[all.length];
        for (int rank = 0; rank < all.length; rank++) {
            examples[rank] = all[rank][0];
        }
    }

    /** This rank's examples in the step. */
    double mine() {
        return examples[collective.rank()];
    }

    /** Everybody's examples in the step. */
    double total() {
        double total = 0;
        for (double each : examples) {
            total += each;
        }
        return total;
    }

    @Override
    public Moments statistics(String node, Moments mine) {
        return exact.statistics(node, mine() == 0 ? Moments.empty(mine.channels()) : mine);
    }

    @Override
    public double[] sums(String node, double[] mine) {
        return exact.sums(node, mine() == 0 ? new double[mine.length] : mine);
    }
}
