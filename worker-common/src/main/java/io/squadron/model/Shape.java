package io.squadron.model;

import java.io.Serializable;

/** The shape of one sample between two layers; a flat vector of n features is (n, 1, 1). Unit: elements. */
public record Shape(int channels, int height, int width) implements Serializable {
    public Shape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("Cannot make a shape of %d x %d x %d: every side must be positive"
                    .formatted(channels, height, width));
        }
    }

    /** A flat vector of {@code features} elements. */
    public static Shape flat(int features) {
        return new Shape(features, 1, 1);
    }

    public int elements() {
        return Math.multiplyExact(Math.multiplyExact(channels, height), width);
    }

    @Override
    public String toString() {
        return channels + "x" + height + "x" + width;
    }
}
