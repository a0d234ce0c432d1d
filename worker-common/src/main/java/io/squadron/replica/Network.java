package io.squadron.replica;

import io.squadron.engine.Normalisation;
import io.squadron.model.Freeze;
import io.squadron.model.ModelSpec;
import java.io.Serializable;

/**
 * The model of a run and how it is computed.
 *
 * @param engine name of the engine, never {@code auto}: all replicas use the one that the driver chose
 * @param labelSmoothing share of the target spread over all classes
 */
public record Network(
        ModelSpec spec,
        String engine,
        Freeze freeze,
        Normalisation normalisation,
        InitialWeights initialWeights,
        float labelSmoothing)
        implements Serializable {}
