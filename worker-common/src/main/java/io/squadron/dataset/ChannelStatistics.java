package io.squadron.dataset;

import java.io.Serializable;
import java.util.List;

/**
 * Mean and deviation of each colour channel over all pixels of the training split, measured once at preparation.
 *
 * @param channels 3: images are red, green, blue
 * @param mean as a share of 255
 * @param deviation square root of the variance over all pixels, as a share of 255
 */
public record ChannelStatistics(int channels, List<Double> mean, List<Double> deviation) implements Serializable {}
