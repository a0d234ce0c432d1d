package io.squadron.driver.dl4j;

import io.squadron.collective.Collective;
import java.util.List;

/**
 * Makes the values of all ranks one: their mean, weighted by the examples behind them. What is summed is how far each rank
 * has gone from the last average, so that a value that nobody changed keeps its bits.
 */
final class Averaging {
    private final Collective collective;
    private final List<Places.Statistics> norms;
    private final float[] agreed;

    /** From {@code start}, which all ranks have in common. */
    Averaging(Collective collective, List<Places.Statistics> norms, float[] start) {
        this.collective = collective;
        this.norms = norms;
        this.agreed = start.clone();
    }

    /**
     * The average. The caller only reads it.
     *
     * @param mine this rank's values; undefined afterwards
     * @param examples this rank's examples since the last average
     * @param says how much this rank's running statistics count
     */
    float[] average(float[] mine, double examples, double says) {
        double[][] weights = collective.allGather("weights of an average", new double[] {examples, says});
        double total = 0;
        double[] voices = new double[weights.length];
        for (int rank = 0; rank < weights.length; rank++) {
            total += weights[rank][0];
            voices[rank] = weights[rank][1];
        }
        double[][] statistics =
                collective.allGather("running statistics of an average", RunningStatistics.read(norms, mine));
        float share = (float) (examples / total);
        for (int i = 0; i < mine.length; i++) {
            mine[i] = examples == 0 ? 0 : (mine[i] - agreed[i]) * share;
        }
        collective.allReduce("average", mine, 0, mine.length);
        for (int i = 0; i < mine.length; i++) {
            agreed[i] += mine[i];
        }
        RunningStatistics.write(norms, RunningStatistics.merge(statistics, voices), agreed);
        return agreed;
    }
}
