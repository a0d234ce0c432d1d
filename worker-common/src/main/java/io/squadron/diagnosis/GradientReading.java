package io.squadron.diagnosis;

/**
 * Norms of one layer's weights.
 *
 * @param gradient norm of the gradient of the mean loss of a batch, root mean square over the batches
 * @param weight norm of the weights
 * @param update norm of what a step of the optimiser, without decay, changes the weights by; it has seen all batches, on
 *     weights that were held still
 */
public record GradientReading(double gradient, double weight, double update) {
    /** How much of themselves the weights change in a step; NaN for weights of zero. */
    public double ratio() {
        return weight > 0 ? update / weight : Double.NaN;
    }
}
