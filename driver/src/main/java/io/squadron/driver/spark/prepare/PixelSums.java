package io.squadron.driver.spark.prepare;

import io.squadron.dataset.ChannelStatistics;
import io.squadron.image.Image;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Exact sums over pixels: their number, and for each channel the sum of the values and of their squares. Whole numbers add up
 * to the same in any order, which no merging of floating-point means does; 64 bits last for 10^14 pixels.
 *
 * @param values pixels, then sums of red, green, blue, then sums of squares of red, green, blue
 */
record PixelSums(long[] values) {
    static PixelSums empty() {
        return new PixelSums(new long[1 + 2 * Image.CHANNELS]);
    }

    static PixelSums of(Image image) {
        PixelSums sums = empty();
        byte[] pixels = image.pixels();
        sums.values[0] = (long) image.height() * image.width();
        for (int i = 0; i < pixels.length; i++) {
            int channel = 1 + i % Image.CHANNELS;
            int value = pixels[i] & 0xFF;
            sums.values[channel] += value;
            sums.values[channel + Image.CHANNELS] += (long) value * value;
        }
        return sums;
    }

    void add(PixelSums other) {
        for (int i = 0; i < values.length; i++) {
            values[i] += other.values[i];
        }
    }

    /** For a record that is compared by its values. */
    List<Long> list() {
        return Arrays.stream(values).boxed().toList();
    }

    /** mean = S / N; deviation = sqrt(N Q - S^2) / N, with N Q - S^2 exact; both as shares of 255. */
    ChannelStatistics statistics() {
        List<Double> mean = new ArrayList<>();
        List<Double> deviation = new ArrayList<>();
        double count = values[0];
        for (int channel = 1; channel <= Image.CHANNELS; channel++) {
            BigInteger sum = BigInteger.valueOf(values[channel]);
            BigInteger squares = BigInteger.valueOf(values[channel + Image.CHANNELS]);
            BigInteger spread = squares.multiply(BigInteger.valueOf(values[0])).subtract(sum.multiply(sum));
            mean.add(values[channel] / count / 255);
            deviation.add(Math.sqrt(spread.doubleValue()) / count / 255);
        }
        return new ChannelStatistics(Image.CHANNELS, List.copyOf(mean), List.copyOf(deviation));
    }
}
