package io.squadron.dataset;

/**
 * One batch to be made.
 *
 * @param epoch keys the augmentation, with each sample's id
 * @param samples positions in the {@link DatasetIndex}, in batch order; may be empty
 */
public record BatchRequest(int epoch, int[] samples) {}
