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

    private static final int RED_OF_CR = 91881;
    private static final int BLUE_OF_CB = 116130;
    private static final int GREEN_OF_CB = 22554;
    private static final int GREEN_OF_CR = 46802;
    private static final int HALF = 1 << 15;

    /** By the transform in Adobe's marker, negative where there is none. */
    static Colours ofFour(int adobe) {
        return adobe <= 0 ? CMYK : YCCK;
    }

    /** Writes {@code width} pixels of red, green and blue from the rows of the components. */
    void row(Upsampling[] rows, int width, byte[] target, int at) {
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

    private static void grey(Upsampling row, int width, byte[] target, int at) {
        byte[] in = row.samples;
        int to = at;
        for (int i = row.at; i < row.at + width; i++) {
            target[to] = in[i];
            target[to + 1] = in[i];
            target[to + 2] = in[i];
            to += 3;
        }
    }

    private static void rgb(Upsampling[] rows, int width, byte[] target, int at) {
        for (int c = 0; c < 3; c++) {
            byte[] in = rows[c].samples;
            int from = rows[c].at;
            for (int i = 0; i < width; i++) {
                target[at + 3 * i + c] = in[from + i];
            }
        }
    }

    private static void ycc(Upsampling[] rows, int width, byte[] target, int start) {
        byte[] luma = rows[0].samples;
        byte[] blues = rows[1].samples;
        byte[] reds = rows[2].samples;
        int lumaAt = rows[0].at;
        int blueAt = rows[1].at;
        int redAt = rows[2].at;
        int at = start;
        for (int i = 0; i < width; i++) {
            int y = luma[lumaAt + i] & 0xFF;
            int cb = (blues[blueAt + i] & 0xFF) - 128;
            int cr = (reds[redAt + i] & 0xFF) - 128;
            target[at] = level(y + ((RED_OF_CR * cr + HALF) >> 16));
            target[at + 1] = level(y + ((HALF - GREEN_OF_CB * cb - GREEN_OF_CR * cr) >> 16));
            target[at + 2] = level(y + ((BLUE_OF_CB * cb + HALF) >> 16));
            at += 3;
        }
    }

    private static byte level(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }

    /** From amounts of cyan, magenta and yellow in {@code target} and light left by black: light (1 - ink), rounded. */
    private static void inks(Upsampling black, int width, byte[] target, int at) {
        for (int i = 0; i < width; i++) {
            int light = black.samples[black.at + i] & 0xFF;
            for (int c = at + 3 * i; c < at + 3 * i + 3; c++) {
                int product = (target[c] & 0xFF) * light + 128;
                target[c] = level(light - (((product >> 8) + product) >> 8));
            }
        }
    }
}
