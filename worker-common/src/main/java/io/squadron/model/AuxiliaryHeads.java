package io.squadron.model;

/** Whether an architecture that was published with heads on inner layers has them. */
public enum AuxiliaryHeads {
    /** One head, at the end. */
    NONE,
    /** Training adds the weighted losses of the inner heads to that of the last one; evaluation does not compute them. */
    TRAINING
}
