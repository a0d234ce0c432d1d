package io.squadron.driver.experiment;

import java.util.ArrayList;
import java.util.List;

/**
 * A learning-rate range test (Smith, arXiv:1506.01186, section 3.3): the loss of each step while the learning rate grows. The
 * losses are smoothed by an exponential mean without the bias of its beginning, m_t = b m_(t-1) + (1 - b) loss_t, shown as
 * m_t / (1 - b^t), and read up to the first one that is not a number or exceeds {@link #EXPLODED} times the best.
 *
 * @param points that were read, in the order of the steps
 */
public record RateCurve(List<Point> points) {
    /** Share of the old mean in the new one. */
    private static final double KEPT = 0.95;

    /** Multiple of the best smoothed loss beyond which nothing is to be learned. */
    private static final double EXPLODED = 4;

    /** Steps whose mean is of too few losses to be held against anything. */
    private static final int UNSURE = 10;

    /**
     * One step.
     *
     * @param loss mean over the global batch, in nats
     */
    public record Point(double rate, double loss, double smoothed) {}

    /**
     * Learning rates to begin with.
     *
     * @param steepest where the smoothed loss falls fastest over the logarithm of the rate
     * @param tenthOfLowest a tenth of the rate where it is lowest
     */
    public record Suggestion(double steepest, double tenthOfLowest) {}

    public RateCurve {
        points = List.copyOf(points);
    }

    /** Of {@code losses} at {@code rates}; what comes after the explosion is left out. */
    public static RateCurve of(List<Double> rates, List<Double> losses) {
        List<Point> read = new ArrayList<>();
        double mean = 0;
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < losses.size(); i++) {
            mean = KEPT * mean + (1 - KEPT) * losses.get(i);
            double smoothed = mean / (1 - Math.pow(KEPT, i + 1.0));
            if (!Double.isFinite(smoothed) || smoothed > EXPLODED * best) {
                break;
            }
            read.add(new Point(rates.get(i), losses.get(i), smoothed));
            best = i < UNSURE ? best : Math.min(best, smoothed);
        }
        return new RateCurve(read);
    }

    /** Whether so few points say anything. */
    public boolean tells() {
        return points.size() > 2 * UNSURE;
    }

    /** Rates to begin with; only of a curve that {@link #tells}. */
    public Suggestion suggestion() {
        int steepest = UNSURE;
        int lowest = UNSURE;
        for (int i = UNSURE; i < points.size(); i++) {
            lowest = points.get(i).smoothed() < points.get(lowest).smoothed() ? i : lowest;
            if (i < points.size() - 1 && slope(i) < slope(steepest)) {
                steepest = i;
            }
        }
        return new Suggestion(points.get(steepest).rate(), points.get(lowest).rate() / 10);
    }

    /** Of the smoothed loss over the logarithm of the rate, by central differences. */
    private double slope(int i) {
        Point before = points.get(i - 1);
        Point after = points.get(i + 1);
        return (after.smoothed() - before.smoothed()) / Math.log(after.rate() / before.rate());
    }
}
