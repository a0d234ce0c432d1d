package io.squadron.driver.report;

import io.squadron.evaluation.Mistake;
import java.util.List;

/**
 * What only a look into the network shows.
 *
 * @param map the evaluated samples on a plane; no points leave it out
 * @param saliency what spoke for the answers in the worst mistakes
 */
public record Insights(Map map, List<Saliency> saliency) {
    /** Nothing was looked into. */
    public static final Insights NONE = new Insights(new Map("", List.of()), List.of());

    public Insights {
        saliency = List.copyOf(saliency);
    }

    /**
     * Features below the head, in two dimensions.
     *
     * @param method in words, with its caution
     */
    public record Map(String method, List<Point> points) {
        public Map {
            points = List.copyOf(points);
        }
    }

    /** One sample: where it lies, what it is and what it was taken for. */
    public record Point(double x, double y, int label, int predicted) {}

    /**
     * A mistake, and where in the picture the network saw its answer and the label.
     *
     * @param seen what the network was shown, a PNG file
     * @param forPredicted the map of the wrong answer laid over it
     * @param forLabel the map of the label laid over it
     */
    public record Saliency(Mistake mistake, byte[] seen, byte[] forPredicted, byte[] forLabel) {}
}
