package io.squadron.engine;

import io.squadron.failure.Failure;
import io.squadron.model.Shape;
import java.nio.FloatBuffer;

/** Turns images into what a network eats: float32, normalised, channels first. */
public final class NetworkInput {
    private final Shape shape;
    /** Normalised value of every byte, by channel. // [channels][256] */
    private final float[][] table;

    /** For a network whose image has {@code shape}. */
    public NetworkInput(Shape shape, Normalisation normalisation) {
        if (normalisation.mean().size() != shape.channels()) {
            throw Failure.usage(
                    "Cannot normalise images of %d channels with %d means (expected one per channel)",
                    shape.channels(), normalisation.mean().size());
        }
        this.shape = shape;
        this.table = table(normalisation);
    }

    /** Fails, naming both sizes, unless {@code images} have the size that the network was built for. */
    public void require(Images images) {
        Shape found = sizeOf(images);
        long values = images instanceof Images.Bytes b ? b.values().length : ((Images.Floats) images).values().length;
        if (!found.equals(shape)) {
            throw Failure.data(
                    "Cannot compute on images of %s (expected %s, channels x height x width). "
                            + "Resize them or build the model for their size",
                    found, shape);
        }
        if (values < (long) images.count() * shape.elements()) {
            throw new IllegalArgumentException(
                    "Cannot read %d images of %s from an array of %d values".formatted(images.count(), shape, values));
        }
    }

    /** Images first .. first + count - 1, written to the start of {@code target}. // [count, channels, height, width] */
    public void write(Images images, int first, int count, float[] target) {
        write(images, first, count, FloatBuffer.wrap(target));
    }

    /** The same, to memory that may be native. */
    public void write(Images images, int first, int count, FloatBuffer target) {
        if (images instanceof Images.Floats floats) {
            target.put(0, floats.values(), first * shape.elements(), Math.multiplyExact(count, shape.elements()));
        } else {
            normalise(((Images.Bytes) images).values(), first, count, target);
        }
    }

    private void normalise(byte[] bytes, int first, int count, FloatBuffer target) {
        int channels = shape.channels();
        int area = shape.height() * shape.width();
        for (int i = 0; i < count; i++) {
            for (int c = 0; c < channels; c++) {
                int from = (first + i) * area * channels + c;
                int to = (i * channels + c) * area;
                for (int p = 0; p < area; p++) {
                    target.put(to + p, table[c][bytes[from + p * channels] & 0xff]);
                }
            }
        }
    }

    private static Shape sizeOf(Images images) {
        if (images instanceof Images.Bytes b) {
            return new Shape(b.channels(), b.height(), b.width());
        }
        Images.Floats f = (Images.Floats) images;
        return new Shape(f.channels(), f.height(), f.width());
    }

    private static float[][] table(Normalisation normalisation) {
        float[][] table = new float[normalisation.mean().size()][256];
        for (int c = 0; c < table.length; c++) {
            double mean = normalisation.mean().get(c);
            double deviation = normalisation.deviation().get(c);
            for (int value = 0; value < 256; value++) {
                table[c][value] = (float) ((value / 255.0 - mean) / deviation);
            }
        }
        return table;
    }
}
