package io.squadron.driver.dl4j;

/** Whose examples a batch norm in training looks at. */
public enum Norms {
    /** Those of all workers: the statistics are those of the global batch, forward and backward. */
    GLOBAL,
    /**
     * Its worker's own. Where parameters are averaged, running statistics are merged: the mean of the means, and the
     * variance around that mean.
     */
    OWN
}
