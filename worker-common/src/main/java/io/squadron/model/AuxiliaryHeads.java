package io.squadron.model;

/** Which heads a network has beside the last one. */
public enum AuxiliaryHeads {
    /** No others. */
    NONE,
    /**
     * As published: GoogLeNet has two on inner layers, every other architecture none. Training adds their weighted losses to
     * that of the last head; evaluation does not compute them.
     */
    PUBLISHED
}
