package io.squadron.diagnosis;

/**
 * Norms of one layer's weights, root mean squares over some batches.
 *
 * @param gradient norm of the gradient of the mean loss of a batch
 * @param weight norm of the weights
 * @param update norm of what one step of the optimiser, from rest and without decay, changes the weights by
 */
public record GradientReading(double gradient, double weight, double update) {
    /** How much of themselves the weights change in a step; NaN for weights of zero. */
    public double ratio() {
        return weight > 0 ? update / weight : Double.NaN;
    }
}
