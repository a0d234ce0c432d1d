package io.squadron.image;

import static io.squadron.image.Image.CHANNELS;

/**
 * Sampling an image along a {@link Homography}, bilinearly: each pixel of the result is the mean of the four around the
 * point it comes from, weighted by nearness, rounded. Positions in 16-bit, weights in 11-bit fixed point. Not antialiased:
 * where the result shrinks, the source must have been shrunk before.
 */
record Warp(Image source, Homography map, Edge edge) {
    private static final int BITS = 16;
    private static final int ONE = 1 << BITS;
    private static final int WEIGHT_BITS = 11;
    private static final int WEIGHT = 1 << WEIGHT_BITS;
    private static final int HALF = 1 << (2 * WEIGHT_BITS - 1);

    Image to(Size size) {
        byte[] target = new byte[size.height() * size.width() * CHANNELS];
        for (int row = 0; row < size.height(); row++) {
            if (map.isAffine()) {
                affine(row, size.width(), target);
            } else {
                projected(row, size.width(), target);
            }
        }
        return new Image(size.height(), size.width(), target);
    }

    private void affine(int row, int width, byte[] target) {
        double down = row + 0.5;
        long x = Math.round((map.xx() * 0.5 + map.xy() * down + map.x0() - 0.5) * ONE);
        long y = Math.round((map.yx() * 0.5 + map.yy() * down + map.y0() - 0.5) * ONE);
        long stepX = Math.round(map.xx() * ONE);
        long stepY = Math.round(map.yx() * ONE);
        int at = row * width * CHANNELS;
        for (int column = 0; column < width; column++) {
            sample(x, y, target, at);
            x += stepX;
            y += stepY;
            at += CHANNELS;
        }
    }

    private void projected(int row, int width, byte[] target) {
        double down = row + 0.5;
        double x0 = map.xy() * down + map.x0();
        double y0 = map.yy() * down + map.y0();
        double w0 = map.wy() * down + map.ww();
        int at = row * width * CHANNELS;
        for (int column = 0; column < width; column++) {
            double across = column + 0.5;
            double scale = ONE / Homography.depth(map.wx() * across + w0);
            long x = (long) Math.floor((map.xx() * across + x0) * scale) - ONE / 2;
            long y = (long) Math.floor((map.yx() * across + y0) * scale) - ONE / 2;
            sample(x, y, target, at);
            at += CHANNELS;
        }
    }

    /** The point (x, y), counted from the middle of the first pixel. */
    private void sample(long x, long y, byte[] target, int at) {
        int lastX = source.width() - 1;
        int lastY = source.height() - 1;
        if (edge == Edge.BLACK && (outside(x, lastX) || outside(y, lastY))) {
            return;
        }
        int left = (int) (x >> BITS);
        int top = (int) (y >> BITS);
        int right = (int) (x & (ONE - 1)) >> (BITS - WEIGHT_BITS);
        int low = (int) (y & (ONE - 1)) >> (BITS - WEIGHT_BITS);
        int x0 = clamp(left, lastX) * CHANNELS;
        int x1 = clamp(left + 1, lastX) * CHANNELS;
        int row0 = clamp(top, lastY) * source.width() * CHANNELS;
        int row1 = clamp(top + 1, lastY) * source.width() * CHANNELS;
        byte[] pixels = source.pixels();
        for (int c = 0; c < CHANNELS; c++) {
            int upper = (pixels[row0 + x0 + c] & 0xFF) * (WEIGHT - right) + (pixels[row0 + x1 + c] & 0xFF) * right;
            int lower = (pixels[row1 + x0 + c] & 0xFF) * (WEIGHT - right) + (pixels[row1 + x1 + c] & 0xFF) * right;
            target[at + c] = (byte) ((upper * (WEIGHT - low) + lower * low + HALF) >> (2 * WEIGHT_BITS));
        }
    }

    /** Beyond the outer edge of the outermost pixel, whose middle lies half a pixel inside. */
    private static boolean outside(long position, int last) {
        return position < -ONE / 2 || position >= ((long) last << BITS) + ONE / 2;
    }

    private static int clamp(int value, int last) {
        return Math.max(0, Math.min(last, value));
    }
}
