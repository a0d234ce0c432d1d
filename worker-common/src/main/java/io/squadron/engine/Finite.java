package io.squadron.engine;

/** Looks for NaN and infinity in long vectors, at the speed of memory. */
public final class Finite {
    private Finite() {}

    /** Whether none of the elements {@code from} .. {@code end - 1} is NaN or infinite. */
    public static boolean all(float[] values, int from, int end) {
        // Zero times a number is a zero, times anything else NaN. Eight sums side by side: one would wait for itself.
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        int i = from;
        for (; i + 7 < end; i += 8) {
            a += values[i] * 0f;
            b += values[i + 1] * 0f;
            c += values[i + 2] * 0f;
            d += values[i + 3] * 0f;
            e += values[i + 4] * 0f;
            f += values[i + 5] * 0f;
            g += values[i + 6] * 0f;
            h += values[i + 7] * 0f;
        }
        for (; i < end; i++) {
            a += values[i] * 0f;
        }
        return a + b + c + d + (e + f + g + h) == 0;
    }

    /** The first of the elements {@code from} .. {@code end - 1} that is NaN or infinite; {@code end} if there is none. */
    public static int first(float[] values, int from, int end) {
        int at = from;
        while (at < end && Float.isFinite(values[at])) {
            at++;
        }
        return at;
    }
}
