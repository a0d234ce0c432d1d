package io.squadron.image;

import static io.squadron.image.Image.CHANNELS;

import io.squadron.image.jpeg.Plane;
import java.util.Arrays;

/**
 * Antialiased resizing, as Pillow does it: first along the rows, then along the columns, rounded to bytes between the two, and
 * only the rows and columns that are wanted. Plain bilinear sampling (Java2D's, for one) differs by tens of grey levels when an
 * image shrinks, and pretrained weights notice.
 */
public final class Resample {
    private static final int HALF = 1 << (Kernel.BITS - 1);

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
        byte[] result = new byte[Math.multiplyExact(across.size() * CHANNELS, down.size())];
        int stride = width * CHANNELS;
        run(across.size() * CHANNELS, down, result, (row, to) -> across(pixels, row * stride, across, to));
        return new Image(down.size(), across.size(), result);
    }

    /** The same of one colour, into the first bytes of {@code target}. */
    static void plane(Plane plane, Kernel across, Kernel down, byte[] target) {
        byte[] samples = plane.samples();
        run(
                across.size(),
                down,
                target,
                (row, to) -> single(samples, plane.origin() + row * plane.stride(), across, to));
    }

    /** Makes a row at its final width. */
    private interface Rows {
        void row(int row, int[] to);
    }

    /** Rows are made once, when they are first seen, and kept for as long as they are: a ring of them stays in the cache. */
    private static void run(int stride, Kernel down, byte[] result, Rows rows) {
        int taps = down.taps();
        int[][] ring = new int[taps][stride];
        int[] sums = new int[stride];
        int made = down.begin();
        for (int i = 0; i < down.size(); i++) {
            int first = down.firsts()[i];
            for (made = Math.max(made, first); made < first + taps; made++) {
                rows.row(made, ring[made % taps]);
            }
            Arrays.fill(sums, HALF);
            for (int tap = 0; tap < taps; tap++) {
                add(ring[(first + tap) % taps], down.weights()[i * taps + tap], sums);
            }
            store(sums, result, i * stride);
        }
    }

    /** Ints to ints, so that the compiler computes several at once. */
    private static void add(int[] row, int weight, int[] sums) {
        for (int k = 0; k < sums.length; k++) {
            sums[k] += row[k] * weight;
        }
    }

    private static void store(int[] sums, byte[] result, int at) {
        for (int k = 0; k < sums.length; k++) {
            result[at + k] = (byte) level(sums[k]);
        }
    }

    private static void across(byte[] source, int start, Kernel kernel, int[] target) {
        int[] firsts = kernel.firsts();
        int[] weights = kernel.weights();
        int taps = kernel.taps();
        int w = 0;
        for (int i = 0; i < firsts.length; i++) {
            int red = HALF;
            int green = HALF;
            int blue = HALF;
            int index = start + firsts[i] * CHANNELS;
            for (int end = w + taps; w < end; w++) {
                int weight = weights[w];
                red += (source[index] & 0xFF) * weight;
                green += (source[index + 1] & 0xFF) * weight;
                blue += (source[index + 2] & 0xFF) * weight;
                index += CHANNELS;
            }
            target[3 * i] = level(red);
            target[3 * i + 1] = level(green);
            target[3 * i + 2] = level(blue);
        }
    }

    private static void single(byte[] source, int start, Kernel kernel, int[] target) {
        switch (kernel.taps()) {
            case 3 -> three(source, start, kernel, target);
            case 5 -> five(source, start, kernel, target);
            default -> many(source, start, kernel, target);
        }
    }

    private static void three(byte[] source, int start, Kernel kernel, int[] target) {
        int[] firsts = kernel.firsts();
        int[] weights = kernel.weights();
        for (int i = 0; i < firsts.length; i++) {
            int at = start + firsts[i];
            int w = 3 * i;
            int sum = (source[at] & 0xFF) * weights[w]
                    + (source[at + 1] & 0xFF) * weights[w + 1]
                    + (source[at + 2] & 0xFF) * weights[w + 2];
            target[i] = level(sum + HALF);
        }
    }

    private static void five(byte[] source, int start, Kernel kernel, int[] target) {
        int[] firsts = kernel.firsts();
        int[] weights = kernel.weights();
        for (int i = 0; i < firsts.length; i++) {
            int at = start + firsts[i];
            int w = 5 * i;
            int sum = (source[at] & 0xFF) * weights[w]
                    + (source[at + 1] & 0xFF) * weights[w + 1]
                    + (source[at + 2] & 0xFF) * weights[w + 2]
                    + (source[at + 3] & 0xFF) * weights[w + 3]
                    + (source[at + 4] & 0xFF) * weights[w + 4];
            target[i] = level(sum + HALF);
        }
    }

    private static void many(byte[] source, int start, Kernel kernel, int[] target) {
        int[] firsts = kernel.firsts();
        int[] weights = kernel.weights();
        int taps = kernel.taps();
        int w = 0;
        for (int i = 0; i < firsts.length; i++) {
            int sum = HALF;
            int index = start + firsts[i];
            for (int end = w + taps; w < end; w++) {
                sum += (source[index++] & 0xFF) * weights[w];
            }
            target[i] = level(sum);
        }
    }

    /** Only negative weights go beyond the levels, so that the branch is mostly never taken. */
    private static int level(int sum) {
        int value = sum >> Kernel.BITS;
        return (value & ~255) == 0 ? value : value < 0 ? 0 : 255;
    }
}
