package io.squadron.image;

import static io.squadron.image.Image.CHANNELS;

import io.squadron.image.jpeg.Scratch;

/**
 * Antialiased resizing, as Pillow does it: first along the rows, then along the columns, rounded to bytes between the two, and
 * only the rows and columns that are wanted. Plain bilinear sampling (Java2D's, for one) differs by tens of grey levels when an
 * image shrinks, and pretrained weights notice.
 */
public final class Resample {
    private static final int HALF = 1 << (Kernel.BITS - 1);
    private static final Scratch ROWS = new Scratch();

    private Resample() {}

    /** The whole of {@code image} at another size, bilinear; the image itself when it has that size. */
    public static Image to(Image image, Size size) {
        return to(image, size, Interpolation.BILINEAR);
    }

    public static Image to(Image image, Size size, Interpolation filter) {
        if (Size.of(image).equals(size)) {
            return image;
        }
        Kernel across = Kernel.of(filter, image.width(), size.width(), 0, image.width());
        Kernel down = Kernel.of(filter, image.height(), size.height(), 0, image.height());
        return by(image.pixels(), image.width(), across, down);
    }

    /** The part {@code box} of {@code image}, which must lie inside it, at another size, bilinear. */
    static Image to(Image image, Box box, Size size) {
        Kernel across = Kernel.of(Interpolation.BILINEAR, image.width(), size.width(), box.left(), box.right());
        Kernel down = Kernel.of(Interpolation.BILINEAR, image.height(), size.height(), box.top(), box.bottom());
        return by(image.pixels(), image.width(), across, down);
    }

    /** What the kernels make of {@code pixels}, rows of {@code width}; there may be more bytes than rows. */
    static Image by(byte[] pixels, int width, Kernel across, Kernel down) {
        int top = down.begin();
        int stride = across.size() * CHANNELS;
        byte[] rows = ROWS.bytes(Math.multiplyExact(down.end() - top, stride));
        for (int row = top; row < down.end(); row++) {
            across(pixels, row * width * CHANNELS, across, rows, (row - top) * stride);
        }
        byte[] result = new byte[Math.multiplyExact(down.size(), stride)];
        int taps = down.taps();
        int[] sums = new int[stride];
        for (int i = 0; i < down.size(); i++) {
            down(rows, (down.firsts()[i] - top) * stride, sums, down.weights(), i * taps, taps);
            int at = i * stride;
            for (int k = 0; k < stride; k++) {
                result[at + k] = level(sums[k]);
            }
        }
        return new Image(down.size(), across.size(), result);
    }

    /** One row at its final width. */
    private static void across(byte[] source, int start, Kernel kernel, byte[] target, int to) {
        int[] firsts = kernel.firsts();
        int[] weights = kernel.weights();
        int taps = kernel.taps();
        int at = to;
        int w = 0;
        for (int first : firsts) {
            int red = HALF;
            int green = HALF;
            int blue = HALF;
            int index = start + first * CHANNELS;
            for (int end = w + taps; w < end; w++) {
                int weight = weights[w];
                red += (source[index] & 0xFF) * weight;
                green += (source[index + 1] & 0xFF) * weight;
                blue += (source[index + 2] & 0xFF) * weight;
                index += CHANNELS;
            }
            target[at] = level(red);
            target[at + 1] = level(green);
            target[at + 2] = level(blue);
            at += CHANNELS;
        }
    }

    /** Sums of {@code taps} rows below each other, two at a time. */
    private static void down(byte[] rows, int from, int[] sums, int[] weights, int w, int taps) {
        int stride = sums.length;
        int tap = 0;
        if (taps % 2 == 1) {
            int weight = weights[w];
            for (int k = 0; k < stride; k++) {
                sums[k] = HALF + (rows[from + k] & 0xFF) * weight;
            }
            tap = 1;
        } else {
            java.util.Arrays.fill(sums, HALF);
        }
        for (; tap < taps; tap += 2) {
            int upper = from + tap * stride;
            int lower = upper + stride;
            int first = weights[w + tap];
            int second = weights[w + tap + 1];
            for (int k = 0; k < stride; k++) {
                sums[k] += (rows[upper + k] & 0xFF) * first + (rows[lower + k] & 0xFF) * second;
            }
        }
    }

    private static byte level(int sum) {
        return (byte) Math.min(255, Math.max(0, sum >> Kernel.BITS));
    }
}
