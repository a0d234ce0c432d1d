package io.squadron.image.jpeg;

/** What the components mean. Conversions of YCbCr as JFIF has them, in libjpeg's 16-bit fixed point. */
enum Colours {
    GREY,
    YCC,
    RGB,
    /** Inks, stored inverted, as Adobe does and everybody after it. */
    CMYK,
    /** Inks whose first three went through YCbCr. */
    YCCK;

    private static final int HALF = 1 << 15;
    private static final int[] RED_OF_CR = table(91881, HALF, 16);
    private static final int[] BLUE_OF_CB = table(116130, HALF, 16);
    /** Not yet shifted: the two are added first. */
    private static final int[] GREEN_OF_CB = table(-22554, HALF, 0);

    private static final int[] GREEN_OF_CR = table(-46802, 0, 0);
    /** By level plus 384: 0 to 255, what is beyond cut off. */
    private static final byte[] LEVELS = levels();

    private static int[] table(int factor, int add, int shift) {
        int[] table = new int[256];
        for (int i = 0; i < 256; i++) {
            table[i] = (factor * (i - 128) + add) >> shift;
        }
        return table;
    }

    private static byte[] levels() {
        byte[] levels = new byte[1024];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) Math.max(0, Math.min(255, i - 384));
        }
        return levels;
    }

    /** One colour's row: array and place of the first sample. */
    interface Row {
        byte[] samples();

        int at();
    }

    /** By the transform in Adobe's marker, negative where there is none. */
    static Colours ofFour(int adobe) {
        return adobe <= 0 ? CMYK : YCCK;
    }

    /** Writes {@code width} pixels of red, green and blue from the rows of the components. */
    void row(Row[] rows, int width, byte[] target, int at) {
        switch (this) {
            case GREY -> grey(rows[0], width, target, at);
            case RGB -> rgb(rows, width, target, at);
            case YCC -> ycc(rows, width, target, at);
            case CMYK -> {
                rgb(rows, width, target, at);
                for (int i = at; i < at + 3 * width; i++) {
                    target[i] = (byte) ~target[i];
                }
                inks(rows[3], width, target, at);
            }
            case YCCK -> {
                ycc(rows, width, target, at);
                inks(rows[3], width, target, at);
            }
        }
    }

    private static void grey(Row row, int width, byte[] target, int at) {
        byte[] in = row.samples();
        int to = at;
        for (int i = row.at(); i < row.at() + width; i++) {
            target[to] = in[i];
            target[to + 1] = in[i];
            target[to + 2] = in[i];
            to += 3;
        }
    }

    private static void rgb(Row[] rows, int width, byte[] target, int at) {
        for (int c = 0; c < 3; c++) {
            byte[] in = rows[c].samples();
            int from = rows[c].at();
            for (int i = 0; i < width; i++) {
                target[at + 3 * i + c] = in[from + i];
            }
        }
    }

    private static void ycc(Row[] rows, int width, byte[] target, int start) {
        byte[] luma = rows[0].samples();
        byte[] blues = rows[1].samples();
        byte[] reds = rows[2].samples();
        int lumaAt = rows[0].at();
        int blueAt = rows[1].at();
        int redAt = rows[2].at();
        for (int i = 0; i < width; i++) {
            int y = (luma[lumaAt + i] & 0xFF) + 384;
            int cb = blues[blueAt + i] & 0xFF;
            int cr = reds[redAt + i] & 0xFF;
            int at = start + 3 * i;
            target[at] = LEVELS[(y + RED_OF_CR[cr]) & 1023];
            target[at + 1] = LEVELS[(y + ((GREEN_OF_CB[cb] + GREEN_OF_CR[cr]) >> 16)) & 1023];
            target[at + 2] = LEVELS[(y + BLUE_OF_CB[cb]) & 1023];
        }
    }

    private static byte level(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }

    /** From amounts of cyan, magenta and yellow in {@code target} and light left by black: light (1 - ink), rounded. */
    private static void inks(Row black, int width, byte[] target, int at) {
        for (int i = 0; i < width; i++) {
            int light = black.samples()[black.at() + i] & 0xFF;
            for (int c = at + 3 * i; c < at + 3 * i + 3; c++) {
                int product = (target[c] & 0xFF) * light + 128;
                target[c] = level(light - (((product >> 8) + product) >> 8));
            }
        }
    }
}
