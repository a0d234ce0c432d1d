/**
 * Optimisers with torch's semantics on the flat weights. Settings are records ({@link io.squadron.optim.Optimiser}); the
 * vectors they keep lie in an {@link io.squadron.optim.OptimiserState} that belongs to the replica and goes into
 * checkpoints. A {@link io.squadron.optim.ParameterGroup} says which stretch of the weights is updated, how strongly,
 * and with how much decay.
 */
package io.squadron.optim;
