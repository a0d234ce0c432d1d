package io.squadron.exchange;

/** Which copy of the weights is taken where a file has two. */
public enum PretrainedCopy {
    /** The weights that training moved. */
    TRAINED,
    /** Their running average. */
    AVERAGE
}
