package io.squadron.diagnosis;

import io.squadron.image.Image;

/**
 * Where in an image something spoke for a class: a coarse map.
 *
 * @param values at least 0; larger speaks more // [height, width]
 */
public record Heat(int height, int width, float[] values) {
    public Heat {
        if (values.length != height * width) {
            throw new IllegalArgumentException(
                    "Cannot make a map of %d x %d from %d values".formatted(height, width, values.length));
        }
    }

    /** The map laid over the image, which turns grey: the hotter, the redder; the hottest place of the map is full red. */
    public Image over(Image image) {
        float most = 0;
        for (float each : values) {
            most = Math.max(most, each);
        }
        byte[] pixels = new byte[image.pixels().length];
        for (int row = 0; row < image.height(); row++) {
            for (int column = 0; column < image.width(); column++) {
                float heat = most > 0 ? at(row, column, image) / most : 0;
                paint(pixels, (row * image.width() + column) * Image.CHANNELS, grey(image, row, column), heat);
            }
        }
        return new Image(image.height(), image.width(), pixels);
    }

    private static float grey(Image image, int row, int column) {
        return (image.at(row, column, 0) + image.at(row, column, 1) + image.at(row, column, 2)) / 3f;
    }

    /** Grey where cold, over yellow to red. */
    private static void paint(byte[] pixels, int at, float grey, float heat) {
        float cover = 0.75f * Math.min(1, 2 * heat);
        float green = heat <= 0.5f ? 200 : 200 * 2 * (1 - heat);
        pixels[at] = (byte) Math.round((1 - cover) * grey + cover * 255);
        pixels[at + 1] = (byte) Math.round((1 - cover) * grey + cover * green);
        pixels[at + 2] = (byte) Math.round((1 - cover) * grey);
    }

    /** Bilinear, between the middles of the map's fields. */
    private float at(int row, int column, Image image) {
        float y = clamp((row + 0.5f) * height / image.height() - 0.5f, height);
        float x = clamp((column + 0.5f) * width / image.width() - 0.5f, width);
        int top = (int) y;
        int left = (int) x;
        int bottom = Math.min(top + 1, height - 1);
        int right = Math.min(left + 1, width - 1);
        float above = values[top * width + left] * (1 - (x - left)) + values[top * width + right] * (x - left);
        float below = values[bottom * width + left] * (1 - (x - left)) + values[bottom * width + right] * (x - left);
        return above * (1 - (y - top)) + below * (y - top);
    }

    private static float clamp(float value, int side) {
        return Math.max(0, Math.min(value, side - 1));
    }
}
