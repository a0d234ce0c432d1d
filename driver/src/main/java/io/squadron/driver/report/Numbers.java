package io.squadron.driver.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them, the same in every locale. What is not finite is a dash. */
final class Numbers {
    static final String DASH = "–";

    private Numbers() {}

    /** A share of 1 as a percentage with {@code digits} behind the point. */
    static String percent(double share, int digits) {
        return fixed(share * 100, digits, "%");
    }

    static String fixed(double value, int digits) {
        return fixed(value, digits, "");
    }

    private static String fixed(double value, int digits, String unit) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%,." + digits + "f", value) + unit : DASH;
    }

    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Three significant digits: 412, 41.2, 0.0412, 4.12e-05. */
    static String short3(double value) {
        if (!Double.isFinite(value)) {
            return DASH;
        }
        double size = Math.abs(value);
        if (size != 0 && size < 1e-3) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        int digits = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    /** Three digits as a person types them: 0.001, 3.16e-05, 12.5. */
    static String plain(double value) {
        if (!Double.isFinite(value)) {
            return DASH;
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(3)).stripTrailingZeros();
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-4 || size >= 1e6)) {
            return String.format(Locale.ROOT, "%.2e", value).replaceFirst("\\.?0*e", "e");
        }
        return rounded.toPlainString();
    }

    /** "48s", "3m05s", "2h10m". */
    static String duration(double seconds) {
        if (!Double.isFinite(seconds)) {
            return DASH;
        }
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + "s";
        }
        return whole < 3600
                ? String.format(Locale.ROOT, "%dm%02ds", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%dh%02dm", whole / 3600, whole % 3600 / 60);
    }

    /** "512 B", "42.7 MB" (powers of 1000). */
    static String bytes(long bytes) {
        double value = bytes;
        for (String unit : new String[] {"B", "kB", "MB", "GB"}) {
            if (value < 1000) {
                return (unit.equals("B") ? Long.toString(bytes) : fixed(value, 1)) + " " + unit;
            }
            value /= 1000;
        }
        return fixed(value, 1) + " TB";
    }
}
