package io.squadron.optim;

/**
 * One update of the weights by an {@link Optimiser}, counted and with its rates fixed. What it does to one element depends on
 * no other: stretches may be done in any order and by several threads.
 */
@FunctionalInterface
public interface Update {
    /** Changes {@code weights}, and what the optimiser remembers, on one stretch; {@code gradient} stays as it is. */
    void apply(float[] weights, float[] gradient, Mean mean, ParameterGroup stretch);

    /**
     * How a sum of gradients becomes the mean that is applied: sum / samples * factor, element by element, in this order.
     *
     * @param factor of clipping, 1 for none
     */
    record Mean(float samples, float factor) {
        /** Of gradients that are means already. */
        public static final Mean ITSELF = new Mean(1, 1);
    }
}
