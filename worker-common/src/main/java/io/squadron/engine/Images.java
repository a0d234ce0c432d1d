package io.squadron.engine;

/** Images as they enter a network. The arrays are not copied; nobody changes them while a session works. */
public sealed interface Images {
    int count();

    /** uint8, sample by sample, row by row, channels last; the session normalises them. // [count, height, width, channels] */
    record Bytes(byte[] values, int count, int height, int width, int channels) implements Images {}

    /** float32, already normalised, channels first. // [count, channels, height, width] */
    record Floats(float[] values, int count, int channels, int height, int width) implements Images {}
}
