package io.squadron.image;

import static io.squadron.image.Image.CHANNELS;

import java.util.function.IntToDoubleFunction;

/** What each level of each channel becomes: a table, so that changes of this kind fold into one pass. Immutable. */
final class Levels {
    static final int LEVELS = 256;
    private static final Levels SAME = each(level -> level);

    /** By channel, then level. */
    private final byte[] table;

    private Levels(byte[] table) {
        this.table = table;
    }

    static Levels same() {
        return SAME;
    }

    /** The same for all channels; results are rounded half to even and clamped to 0..255. */
    static Levels each(IntToDoubleFunction change) {
        byte[] table = new byte[CHANNELS * LEVELS];
        for (int i = 0; i < LEVELS; i++) {
            byte value = clamp(Math.rint(change.applyAsDouble(i)));
            for (int c = 0; c < CHANNELS; c++) {
                table[c * LEVELS + i] = value;
            }
        }
        return new Levels(table);
    }

    /** @param table by channel, then level */
    static Levels of(byte[] table) {
        return new Levels(table);
    }

    /** Every value v becomes clamp(round(factor * v + (1 - factor) * other)): a blend, or beyond, of the image and a grey. */
    static Levels blend(double factor, double other) {
        return each(level -> factor * level + (1 - factor) * other);
    }

    boolean isSame() {
        return this == SAME;
    }

    /** This table, then {@code next}. */
    Levels then(Levels next) {
        if (isSame() || next.isSame()) {
            return isSame() ? next : this;
        }
        byte[] both = new byte[table.length];
        for (int i = 0; i < both.length; i++) {
            both[i] = next.table[i / LEVELS * LEVELS + (table[i] & 0xFF)];
        }
        return new Levels(both);
    }

    Image of(Image image) {
        byte[] source = image.pixels();
        byte[] pixels = new byte[source.length];
        for (int i = 0; i < pixels.length; i += CHANNELS) {
            pixels[i] = table[source[i] & 0xFF];
            pixels[i + 1] = table[LEVELS + (source[i + 1] & 0xFF)];
            pixels[i + 2] = table[2 * LEVELS + (source[i + 2] & 0xFF)];
        }
        return new Image(image.height(), image.width(), pixels);
    }

    /** One value of channel {@code c}, 0..255. */
    int of(byte value, int c) {
        return table[c * LEVELS + (value & 0xFF)] & 0xFF;
    }

    /** How often each level occurs in {@code image} after this table. // [CHANNELS * LEVELS] */
    int[] histogram(Image image) {
        int[] before = new int[table.length];
        byte[] pixels = image.pixels();
        for (int i = 0; i < pixels.length; i += CHANNELS) {
            before[pixels[i] & 0xFF]++;
            before[LEVELS + (pixels[i + 1] & 0xFF)]++;
            before[2 * LEVELS + (pixels[i + 2] & 0xFF)]++;
        }
        int[] after = new int[table.length];
        for (int i = 0; i < before.length; i++) {
            after[i / LEVELS * LEVELS + (table[i] & 0xFF)] += before[i];
        }
        return after;
    }

    /** Mean of the {@link Grey#of} of {@code image} after this table; exact sums, one rounding. */
    double meanGrey(Image image) {
        byte[] pixels = image.pixels();
        long red = 0;
        long green = 0;
        long blue = 0;
        for (int i = 0; i < pixels.length; i += CHANNELS) {
            red += of(pixels[i], 0);
            green += of(pixels[i + 1], 1);
            blue += of(pixels[i + 2], 2);
        }
        return (Grey.RED * red + Grey.GREEN * green + Grey.BLUE * blue) * CHANNELS / pixels.length;
    }

    static byte clamp(double value) {
        return (byte) (int) Math.min(255, Math.max(0, value));
    }
}
