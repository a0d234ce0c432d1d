package io.squadron.replica;

import java.io.Serializable;

/**
 * What batch norms are evaluated and saved with. Running statistics are moving averages over the last steps, each of other
 * weights; the other methods measure with the weights as they are ("precise batch norm": Wu and Johnson, arXiv:2105.07576,
 * section 3). The samples are the first of the epoch's order, changed as in training: what batch norm normalised while it
 * learned.
 *
 * @param samples of the training split to look at; 0 for all
 * @param batch samples at a time; what {@link Method#PRECISE} finds depends on it
 */
public record NormStatistics(Method method, int samples, int batch) implements Serializable {
    /** How statistics are found. */
    public enum Method {
        /** The moving averages that training kept. */
        RUNNING,
        /** In one pass: each batch is normalised with its own statistics, and those are merged. */
        PRECISE,
        /** One pass for each batch norm, from the image up: the layers below it are normalised with what was found for them. */
        EXACT
    }

    public NormStatistics {
        if (samples < 0 || batch < 1) {
            throw new IllegalArgumentException(
                    "Cannot measure statistics over %d samples in batches of %d".formatted(samples, batch));
        }
    }

    /** Nothing is measured. */
    public static NormStatistics running() {
        return new NormStatistics(Method.RUNNING, 0, 1);
    }

    /** Whether anything is measured. */
    public boolean measured() {
        return method != Method.RUNNING;
    }
}
