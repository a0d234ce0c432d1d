package io.squadron.exchange;

import io.squadron.model.ModelSpec;

/** A file whose format says how its tensors become those of a network, beyond their names: other layouts, other layers. */
public interface SelfNamed {
    Mapping mapping(ModelSpec spec);
}
