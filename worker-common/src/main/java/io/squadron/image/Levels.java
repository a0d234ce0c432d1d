package io.squadron.image;

import static io.squadron.image.Image.CHANNELS;

/** Changing colour values one by one. */
final class Levels {
    private Levels() {}

    /** Every value v becomes clamp(round(factor * v + (1 - factor) * other)): a blend, or beyond, of the image and a grey. */
    static Image blend(Image image, double factor, double other) {
        byte[] table = new byte[256];
        for (int i = 0; i < table.length; i++) {
            table[i] = clamp(Math.rint(factor * i + (1 - factor) * other));
        }
        byte[] source = image.pixels();
        byte[] pixels = new byte[source.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = table[source[i] & 0xFF];
        }
        return new Image(image.height(), image.width(), pixels);
    }

    /** Brightness of the pixel that begins at {@code at}, 0..255: 0.2989 red + 0.587 green + 0.114 blue (ITU-R BT.601). */
    static double grey(byte[] pixels, int at) {
        return 0.2989 * (pixels[at] & 0xFF) + 0.587 * (pixels[at + 1] & 0xFF) + 0.114 * (pixels[at + 2] & 0xFF);
    }

    static double meanGrey(Image image) {
        double sum = 0;
        for (int i = 0; i < image.pixels().length; i += CHANNELS) {
            sum += grey(image.pixels(), i);
        }
        return sum * CHANNELS / image.pixels().length;
    }

    static byte clamp(double value) {
        return (byte) (int) Math.min(255, Math.max(0, value));
    }
}
