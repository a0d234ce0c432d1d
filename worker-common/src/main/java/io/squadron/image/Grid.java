package io.squadron.image;

import static io.squadron.image.Image.CHANNELS;

/** Shifting and mirroring by whole pixels: copies, nothing computed. */
final class Grid {
    private Grid() {}

    /** {@code image} where {@code map}, which {@link Homography#isGrid}, leads; the image itself when nothing moves. */
    static Image moved(Image image, Homography map, Edge edge) {
        Line across = new Line(map.xx() > 0, (int) Math.rint(map.x0()), image.width(), edge);
        Line down = new Line(map.yy() > 0, (int) Math.rint(map.y0()), image.height(), edge);
        if (across.isStill() && down.isStill()) {
            return image;
        }
        int[] columns = across.sources();
        int[] rows = down.sources();
        int stride = image.width() * CHANNELS;
        byte[] pixels = new byte[image.pixels().length];
        for (int row = 0; row < rows.length; row++) {
            if (rows[row] >= 0) {
                copy(image.pixels(), rows[row] * stride, columns, pixels, row * stride);
            }
        }
        return new Image(image.height(), image.width(), pixels);
    }

    private static void copy(byte[] source, int from, int[] columns, byte[] target, int start) {
        int at = start;
        for (int column : columns) {
            if (column >= 0) {
                int pixel = from + column * CHANNELS;
                target[at] = source[pixel];
                target[at + 1] = source[pixel + 1];
                target[at + 2] = source[pixel + 2];
            }
            at += CHANNELS;
        }
    }

    /** One direction: whether it runs forward, where its first point comes from, and its length. */
    private record Line(boolean forward, int offset, int length, Edge edge) {
        boolean isStill() {
            return forward && offset == 0;
        }

        /** For each place where it comes from; -1 for black. */
        int[] sources() {
            int[] sources = new int[length];
            for (int i = 0; i < length; i++) {
                int source = forward ? i + offset : offset - 1 - i;
                boolean inside = source >= 0 && source < length;
                sources[i] = inside || edge == Edge.REPEAT ? Math.max(0, Math.min(length - 1, source)) : -1;
            }
            return sources;
        }
    }
}
