package io.squadron.image;

import static io.squadron.image.Image.CHANNELS;
import static io.squadron.image.Levels.LEVELS;

/** How often each level occurs, and the tables that follow from it. // counts: [CHANNELS * LEVELS] */
record Histogram(int[] counts) {
    /** Of what is on the canvas. */
    static Histogram of(Canvas canvas) {
        Image pixels = canvas.pixels();
        return new Histogram(canvas.levels().histogram(pixels));
    }

    /** Each channel's lowest level to 0 and its highest to 255, the others in proportion, truncated: Pillow's autocontrast. */
    Levels stretched() {
        byte[] table = new byte[counts.length];
        for (int start = 0; start < counts.length; start += LEVELS) {
            int low = first(start, start, 1) - start;
            int high = first(start, start + LEVELS - 1, -1) - start;
            double scale = high > low ? 255.0 / (high - low) : 1;
            double offset = high > low ? -low * scale : 0;
            for (int i = 0; i < LEVELS; i++) {
                table[start + i] = Levels.clamp(i * scale + offset);
            }
        }
        return Levels.of(table);
    }

    /**
     * Each channel's levels spread so that all become about equally frequent: level i becomes (step / 2 + the number of
     * values below i) / step, in whole numbers, with step = (all values but those of the highest level) / 255. Pillow's
     * equalize.
     */
    Levels equalized() {
        byte[] table = new byte[counts.length];
        for (int start = 0; start < counts.length; start += LEVELS) {
            int highest = first(start, start + LEVELS - 1, -1);
            int all = 0;
            for (int i = start; i < start + LEVELS; i++) {
                all += counts[i];
            }
            int step = (all - counts[highest]) / 255;
            int sum = step / 2;
            for (int i = 0; i < LEVELS; i++) {
                table[start + i] = (byte) (step == 0 ? i : Math.min(255, sum / step));
                sum += counts[start + i];
            }
        }
        return Levels.of(table);
    }

    /** The first place from {@code from} on, in steps, that occurs; a channel has at least one. */
    private int first(int start, int from, int step) {
        int at = from;
        while (counts[at] == 0 && at + step >= start && at + step < start + LEVELS) {
            at += step;
        }
        return at;
    }

    Histogram {
        if (counts.length != CHANNELS * LEVELS) {
            throw new IllegalArgumentException("Cannot read a histogram of " + counts.length + " counts");
        }
    }
}
