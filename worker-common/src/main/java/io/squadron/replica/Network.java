package io.squadron.replica;

import io.squadron.engine.Loss;
import io.squadron.engine.Normalisation;
import io.squadron.model.Freeze;
import io.squadron.model.ModelSpec;
import java.io.Serializable;

/**
 * The model of a run and how it is computed.
 *
 * @param engine name of the engine, never {@code auto}: all replicas use the one that the driver chose
 * @param loss what training makes small; evaluation is of the plain cross-entropy whatever it is
 */
public record Network(
        ModelSpec spec,
        String engine,
        Freeze freeze,
        Normalisation normalisation,
        InitialWeights initialWeights,
        Loss loss)
        implements Serializable {}
