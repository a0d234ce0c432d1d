/**
 * The engine of reference: a {@link io.squadron.model.ModelSpec} as a Deeplearning4j ComputationGraph, with a batch norm
 * of our own. Slow, and right. {@link io.squadron.engine.dl4j.GlobalNorms} brings the same batch norm into graphs that were
 * not compiled here.
 */
package io.squadron.engine.dl4j;
