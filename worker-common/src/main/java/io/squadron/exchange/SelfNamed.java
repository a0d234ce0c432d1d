package io.squadron.exchange;

import io.squadron.model.ModelSpec;

/** A file whose format says more than names: other layouts, other layers, other preprocessing. */
public interface SelfNamed {
    /** Its tensors as those of {@code spec}. */
    Mapping mapping(ModelSpec spec);

    /** How images are prepared for its weights. */
    Preprocessing preprocessing();
}
