package io.squadron.image;

import static io.squadron.image.Image.CHANNELS;

/**
 * Antialiased bilinear resizing, as Pillow does it: a triangle filter whose support grows with the ratio, first along the
 * rows, then along the columns, rounded to bytes between the two. Plain bilinear sampling (Java2D's, for one) differs by
 * tens of grey levels when an image shrinks, and pretrained weights notice.
 */
public final class Resample {
    private static final int HALF = 1 << (Kernel.BITS - 1);

    private Resample() {}

    /** The whole of {@code image} at another size; the image itself when it has that size. */
    public static Image to(Image image, Size size) {
        return Size.of(image).equals(size) ? image : to(image, Box.whole(image), size);
    }

    /** The part {@code box} of {@code image}, which must lie inside it, at another size. */
    static Image to(Image image, Box box, Size size) {
        Kernel across = Kernel.of(image.width(), size.width(), box.left(), box.right());
        Kernel down = Kernel.of(image.height(), size.height(), box.top(), box.bottom());
        int top = down.firsts()[0];
        int last = size.height() - 1;
        int bottom = down.firsts()[last] + down.weights()[last].length;
        byte[] rows = rows(image, across, top, bottom);
        return new Image(size.height(), size.width(), columns(rows, size.width(), down, top));
    }

    /** Rows top .. bottom - 1 at their final width. // [bottom - top, width, 3] */
    private static byte[] rows(Image image, Kernel across, int top, int bottom) {
        byte[] result = new byte[(bottom - top) * across.size() * CHANNELS];
        byte[] pixels = image.pixels();
        int at = 0;
        for (int row = top; row < bottom; row++) {
            int start = row * image.width();
            for (int i = 0; i < across.size(); i++) {
                int from = (start + across.firsts()[i]) * CHANNELS;
                mix(pixels, from, CHANNELS, across.weights()[i], result, at);
                at += CHANNELS;
            }
        }
        return result;
    }

    private static byte[] columns(byte[] rows, int width, Kernel down, int top) {
        int stride = width * CHANNELS;
        byte[] result = new byte[down.size() * stride];
        int at = 0;
        for (int i = 0; i < down.size(); i++) {
            int from = (down.firsts()[i] - top) * stride;
            for (int column = 0; column < width; column++) {
                mix(rows, from + column * CHANNELS, stride, down.weights()[i], result, at);
                at += CHANNELS;
            }
        }
        return result;
    }

    private static void mix(byte[] source, int from, int stride, int[] weights, byte[] target, int at) {
        int red = HALF;
        int green = HALF;
        int blue = HALF;
        int index = from;
        for (int weight : weights) {
            red += (source[index] & 0xFF) * weight;
            green += (source[index + 1] & 0xFF) * weight;
            blue += (source[index + 2] & 0xFF) * weight;
            index += stride;
        }
        target[at] = Kernel.level(red);
        target[at + 1] = Kernel.level(green);
        target[at + 2] = Kernel.level(blue);
    }
}
