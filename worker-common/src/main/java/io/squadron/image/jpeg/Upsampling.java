package io.squadron.image.jpeg;

/**
 * One row of one colour at the width of the result. Colours stored at half the width or height are enlarged with weights 3/4
 * and 1/4 of the two nearest samples, with libjpeg's alternating roundings; other ratios repeat samples, as do pictures
 * at 1/8, where libjpeg does the same.
 */
final class Upsampling implements Colours.Row {
    private final Component component;
    private final Window window;
    private final boolean smooth;
    private final byte[] row;
    private final int[] sums;

    /** Where the row of the last {@link #row} lies: array and the place of the window's first column. */
    private byte[] samples;

    private int at;

    Upsampling(Component component, Window window, int shrink) {
        this.component = component;
        this.window = window;
        this.smooth = shrink < 8;
        boolean direct = component.spreadAcross == 1 && component.spreadDown == 1;
        this.row = new byte[direct ? 0 : window.width()];
        this.sums = new int[direct ? 0 : component.stride];
        this.samples = row;
    }

    @Override
    public byte[] samples() {
        return samples;
    }

    @Override
    public int at() {
        return at;
    }

    void row(int y) {
        Component c = component;
        boolean wide = c.width > 2;
        if (c.spreadAcross == 1 && c.spreadDown == 1) {
            samples = c.samples;
            at = c.rowStart(y) + window.left();
        } else if (smooth && wide && c.spreadAcross == 2 && c.spreadDown == 1) {
            across(y);
        } else if (smooth && wide && c.spreadAcross == 2 && c.spreadDown == 2) {
            both(y);
        } else if (smooth && c.spreadAcross == 1 && c.spreadDown == 2) {
            down(y);
        } else {
            repeat(y);
        }
    }

    private void repeat(int y) {
        int start = component.rowStart(y / component.spreadDown);
        for (int x = window.left(); x < window.right(); x++) {
            row[x - window.left()] = component.samples[start + x / component.spreadAcross];
        }
    }

    private void across(int y) {
        byte[] in = component.samples;
        int start = component.rowStart(y);
        int last = component.width - 1;
        for (int x = window.left(); x < window.right(); x++) {
            int i = x >> 1;
            int near = (in[start + i] & 0xFF) * 3;
            int value = (x & 1) == 0
                    ? near + (in[start + Math.max(0, i - 1)] & 0xFF) + 1
                    : near + (in[start + Math.min(last, i + 1)] & 0xFF) + 2;
            row[x - window.left()] = (byte) (value >> 2);
        }
    }

    /** Start of the other row that row y of the result lies next to. */
    private int neighbour(int y) {
        int other = (y & 1) == 0 ? (y >> 1) - 1 : (y >> 1) + 1;
        return component.rowStart(Math.max(0, Math.min(component.height - 1, other)));
    }

    private void down(int y) {
        byte[] in = component.samples;
        int near = component.rowStart(y >> 1) + window.left();
        int far = neighbour(y) + window.left();
        int bias = 1 + (y & 1);
        for (int i = 0; i < window.width(); i++) {
            row[i] = (byte) (((in[near + i] & 0xFF) * 3 + (in[far + i] & 0xFF) + bias) >> 2);
        }
    }

    private void both(int y) {
        byte[] in = component.samples;
        int origin = component.firstColumn * component.side;
        int first = Math.max(0, (window.left() >> 1) - 1);
        int end = Math.min(component.width, ((window.right() + 1) >> 1) + 1);
        int near = component.rowStart(y >> 1);
        int far = neighbour(y);
        int[] sum = sums;
        for (int i = first; i < end; i++) {
            sum[i - origin] = (in[near + i] & 0xFF) * 3 + (in[far + i] & 0xFF);
        }
        int left = window.left();
        int right = window.right();
        int x = left;
        // The edges of the picture, and a window that begins in the middle of a pair, one by one; pairs in between.
        while (x < right && ((x & 1) == 1 || x < 2)) {
            single(x++, origin);
        }
        int pairsEnd = Math.min(right - 1, 2 * component.width - 2);
        for (; x < pairsEnd; x += 2) {
            int i = (x >> 1) - origin;
            int three = sum[i] * 3;
            row[x - left] = (byte) ((three + sum[i - 1] + 8) >> 4);
            row[x - left + 1] = (byte) ((three + sum[i + 1] + 7) >> 4);
        }
        while (x < right) {
            single(x++, origin);
        }
    }

    private void single(int x, int origin) {
        int i = x >> 1;
        boolean even = (x & 1) == 0;
        int other = even ? Math.max(0, i - 1) : Math.min(component.width - 1, i + 1);
        int value = sums[i - origin] * 3 + sums[other - origin] + (even ? 8 : 7);
        row[x - window.left()] = (byte) (value >> 4);
    }
}
