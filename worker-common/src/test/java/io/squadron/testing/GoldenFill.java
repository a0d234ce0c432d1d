package io.squadron.testing;

import io.squadron.engine.Images;
import io.squadron.model.ModelSpec;
import io.squadron.model.Slice;
import io.squadron.model.Weights;
import io.squadron.random.RandomStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The formulas by which the golden files' weights and images are filled, so that no weight file is needed: element i of a
 * tensor is a hash of (crc32 of its name, seed, i), as a number in [-1, 1).
 */
public final class GoldenFill {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private GoldenFill() {}

    /** {@code count} float32 values in [-1, 1). */
    public static float[] uniform(String name, int count, long seed) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        long base = (crc.getValue() << 32) + (seed << 24);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            long bits = RandomStream.mix(base + i + GOLDEN) >>> 40;
            values[i] = (float) (bits / (double) (1 << 23) - 1.0);
        }
        return values;
    }

    /** The value of one tensor of a state dict. */
    public static float[] tensor(Slice slice, long seed) {
        float[] values = uniform(slice.name(), slice.length(), seed);
        String name = slice.name();
        boolean centred = name.endsWith(".weight") || name.endsWith("running_var");
        double reach = name.endsWith(".bn3.weight") ? 0.25 : 1.0;
        // A VGG has 130 million elements: what they share is computed once.
        double bound = Math.sqrt(6.0 / slice.fanIn());
        boolean matrix = slice.shape().size() >= 2;
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            values[i] = (float) (matrix ? value * bound : centred ? (1 + 0.25 * value) * reach : 0.1 * value);
        }
        return values;
    }

    /** Weights of {@code spec}, each tensor by {@link #tensor}. */
    public static Weights weights(ModelSpec spec, long seed) {
        Weights weights = Weights.zeros(spec.layout());
        for (Slice slice : weights.layout().slices()) {
            System.arraycopy(tensor(slice, seed), 0, weights.values(), slice.offset(), slice.length());
        }
        return weights;
    }

    /** {@code count} square images, of mean 0 and deviation 1. */
    public static Images.Floats images(int count, int channels, int size, long seed) {
        String name = "images" + count + "x" + channels + "x" + size;
        float[] values = uniform(name, count * channels * size * size, seed);
        for (int i = 0; i < values.length; i++) {
            // float32 times a Python float stays float32 in torch
            values[i] = values[i] * 1.7320508f;
        }
        return new Images.Floats(values, count, channels, size, size);
    }

    /** Labels that wander through the classes. */
    public static int[] labels(int count, int classes) {
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (7 * i + 3) % classes;
        }
        return labels;
    }
}
