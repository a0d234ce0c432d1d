/**
 * Who computes a network. {@link io.squadron.engine.Engine} opens a {@link io.squadron.engine.Session} on a {@link
 * io.squadron.model.ModelSpec} and its weights; the session turns batches into gradients and logits, and owns all native
 * memory. It knows no files, no Spark and no optimiser. {@code engine.dl4j} is the
 * reference, {@code engine.onednn} the fast one.
 */
package io.squadron.engine;
