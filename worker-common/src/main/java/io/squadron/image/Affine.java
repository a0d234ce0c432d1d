package io.squadron.image;

import static io.squadron.image.Image.CHANNELS;

/** Turning and scaling about the middle of an image. */
final class Affine {
    private static final int ONE = 1 << 16;

    private Affine() {}

    /**
     * The image in which the pixel at (x, y) from the middle shows what lay at (cos x - sin y, sin x + cos y); cos and sin
     * carry the scale. Positions in 16-bit fixed point, bilinear, edges repeated.
     */
    static Image about(Image image, double cos, double sin) {
        int height = image.height();
        int width = image.width();
        byte[] pixels = new byte[image.pixels().length];
        long stepX = Math.round(cos * ONE);
        long stepY = Math.round(sin * ONE);
        double middleX = (width - 1) / 2.0;
        double middleY = (height - 1) / 2.0;
        int at = 0;
        for (int row = 0; row < height; row++) {
            double down = row - middleY;
            long x = Math.round((middleX - cos * middleX - sin * down) * ONE);
            long y = Math.round((middleY - sin * middleX + cos * down) * ONE);
            for (int column = 0; column < width; column++) {
                sample(image, x, y, pixels, at);
                at += CHANNELS;
                x += stepX;
                y += stepY;
            }
        }
        return new Image(height, width, pixels);
    }

    private static void sample(Image image, long x, long y, byte[] target, int at) {
        int right = (int) (x & (ONE - 1));
        int low = (int) (y & (ONE - 1));
        int left = (int) (x >> 16);
        int top = (int) (y >> 16);
        int x0 = clamp(left, image.width() - 1) * CHANNELS;
        int x1 = clamp(left + 1, image.width() - 1) * CHANNELS;
        int row0 = clamp(top, image.height() - 1) * image.width() * CHANNELS;
        int row1 = clamp(top + 1, image.height() - 1) * image.width() * CHANNELS;
        byte[] source = image.pixels();
        for (int c = 0; c < CHANNELS; c++) {
            long upper = blend(source[row0 + x0 + c], source[row0 + x1 + c], right);
            long lower = blend(source[row1 + x0 + c], source[row1 + x1 + c], right);
            target[at + c] = (byte) ((upper * (ONE - low) + lower * low + (1L << 31)) >> 32);
        }
    }

    private static long blend(byte first, byte second, int share) {
        return (long) (first & 0xFF) * (ONE - share) + (long) (second & 0xFF) * share;
    }

    private static int clamp(int value, int last) {
        return Math.max(0, Math.min(last, value));
    }
}
