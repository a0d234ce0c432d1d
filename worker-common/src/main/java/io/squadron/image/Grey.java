package io.squadron.image;

import static io.squadron.image.Image.CHANNELS;

/** How bright a colour is: 0.2989 red + 0.587 green + 0.114 blue (ITU-R BT.601), 0..255. */
final class Grey {
    static final double RED = 0.2989;
    static final double GREEN = 0.587;
    static final double BLUE = 0.114;

    private Grey() {}

    static double of(int red, int green, int blue) {
        return RED * red + GREEN * green + BLUE * blue;
    }

    /** Each pixel as its grey, in Pillow's arithmetic: weights of 16 bits, rounded. */
    static Image of(Image image) {
        byte[] source = image.pixels();
        byte[] pixels = new byte[source.length];
        for (int i = 0; i < pixels.length; i += CHANNELS) {
            int sum = 19595 * (source[i] & 0xFF) + 38470 * (source[i + 1] & 0xFF) + 7471 * (source[i + 2] & 0xFF);
            byte grey = (byte) ((sum + 0x8000) >> 16);
            pixels[i] = grey;
            pixels[i + 1] = grey;
            pixels[i + 2] = grey;
        }
        return new Image(image.height(), image.width(), pixels);
    }
}
