package io.squadron.exchange.keras;

/** From (height, width, in, out) to (out, in, height, width). */
record Kernels(int height, int width, int in, int out) {
    /** The order of the input's channels. */
    enum Colours {
        KEPT,
        REVERSED
    }

    float[] channelsFirst(float[] values, Colours colours) {
        float[] turned = new float[values.length];
        int area = height * width;
        for (int pixel = 0; pixel < area; pixel++) {
            for (int i = 0; i < in; i++) {
                int from = (pixel * in + (colours == Colours.REVERSED ? in - 1 - i : i)) * out;
                for (int o = 0; o < out; o++) {
                    turned[(o * in + i) * area + pixel] = values[from + o];
                }
            }
        }
        return turned;
    }
}
