/**
 * The engine of reference: a {@link io.squadron.model.ModelSpec} as a Deeplearning4j ComputationGraph, with a batch norm
 * of our own. Slow, and right.
 */
package io.squadron.engine.dl4j;
