/**
 * The way from a prepared dataset to batches: {@link io.squadron.dataset.DatasetIndex} says where every sample lies,
 * {@code SampleOrder} in which order an epoch takes them, and a {@link io.squadron.dataset.SampleSource} reads, decodes,
 * transforms and batches them ahead of the engine. Order and augmentation are functions of (seed, epoch, sample id):
 * there is no iterator state to save.
 */
package io.squadron.dataset;
