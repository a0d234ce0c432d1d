package io.squadron.model;

import java.util.Arrays;

/**
 * One flat float32 vector with its table. The vector is shared, not copied: whoever makes a Weights owns the array and
 * says who may write to it. Not thread-safe.
 */
public record Weights(Layout layout, float[] values) {
    public Weights {
        if (values.length != layout.length()) {
            throw new IllegalArgumentException(
                    "Cannot lay %d values out over a table of %d elements".formatted(values.length, layout.length()));
        }
    }

    public static Weights zeros(Layout layout) {
        return new Weights(layout, new float[layout.length()]);
    }

    /** A copy of the values of one slice. */
    public float[] slice(String name) {
        Slice slice = layout.slice(name);
        return Arrays.copyOfRange(values, slice.offset(), slice.end());
    }

    public void setSlice(String name, float[] source) {
        Slice slice = layout.slice(name);
        if (source.length != slice.length()) {
            throw new IllegalArgumentException("Cannot fill '%s' with %d values (expected %d, shape %s)"
                    .formatted(name, source.length, slice.length(), slice.shape()));
        }
        System.arraycopy(source, 0, values, slice.offset(), source.length);
    }

    public Weights copy() {
        return new Weights(layout, values.clone());
    }
}
