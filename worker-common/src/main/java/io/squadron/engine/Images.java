package io.squadron.engine;

import java.util.Arrays;

/** Images as they enter a network. The arrays are not copied; nobody changes them while a session works. */
public sealed interface Images {
    int count();

    /** A copy of images first .. first + count - 1. */
    Images part(int first, int count);

    /** uint8, sample by sample, row by row, channels last; the session normalises them. // [count, height, width, channels] */
    record Bytes(byte[] values, int count, int height, int width, int channels) implements Images {
        @Override
        public Bytes part(int first, int some) {
            int size = height * width * channels;
            byte[] copied = Arrays.copyOfRange(values, first * size, (first + some) * size);
            return new Bytes(copied, some, height, width, channels);
        }
    }

    /** float32, already normalised, channels first. // [count, channels, height, width] */
    record Floats(float[] values, int count, int channels, int height, int width) implements Images {
        @Override
        public Floats part(int first, int some) {
            int size = height * width * channels;
            float[] copied = Arrays.copyOfRange(values, first * size, (first + some) * size);
            return new Floats(copied, some, channels, height, width);
        }
    }
}
