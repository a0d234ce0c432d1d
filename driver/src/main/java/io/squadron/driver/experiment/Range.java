package io.squadron.driver.experiment;

import io.squadron.failure.Failure;
import io.squadron.random.RandomStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of values of one key, from which a random search draws (Bergstra and Bengio 2012).
 *
 * @param low at least this
 * @param high at most this
 */
public record Range(String key, double low, double high, Spacing spacing, Values values) {
    /** What is drawn. */
    public enum Values {
        REAL,
        WHOLE
    }

    /** Which values are as likely as each other. */
    public enum Spacing {
        /** Of equal differences. */
        EVEN,
        /** Of equal factors. */
        LOG
    }

    private static final Pattern FORM = Pattern.compile("([^=]+)=(.+?)\\.\\.(.+?)(?:\\[?(log)]?)?");
    private static final MathContext DIGITS = new MathContext(3);

    /** Reads "key=low..high" or "key=low..highlog"; whole numbers are drawn where both ends are written as such. */
    public static Range parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw Failure.usage("Cannot read --range %s (expected key=low..high or key=low..highlog)", text);
        }
        String low = matcher.group(2).strip();
        String high = matcher.group(3).strip();
        Spacing spacing = matcher.group(4) == null ? Spacing.EVEN : Spacing.LOG;
        Values values = low.matches("-?\\d+") && high.matches("-?\\d+") ? Values.WHOLE : Values.REAL;
        Range range = new Range(Grid.key(matcher.group(1)), number(text, low), number(text, high), spacing, values);
        if (!(range.low < range.high) || (spacing == Spacing.LOG && range.low <= 0)) {
            throw Failure.usage(
                    "Cannot draw from --range %s (expected low below high%s)",
                    text, spacing == Spacing.LOG ? ", and both above 0" : "");
        }
        return range;
    }

    private static double number(String text, String part) {
        try {
            return Double.parseDouble(part);
        } catch (NumberFormatException notANumber) {
            throw Failure.usage("Cannot read --range %s: '%s' is no number", text, part)
                    .causedBy(notANumber);
        }
    }

    /** {@code count} settings, each a function of (seed, its number, key), so that more draws begin with the same ones. */
    public static List<Setting> draw(List<Range> ranges, int count, long seed) {
        List<Setting> drawn = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Setting setting = Setting.none();
            for (Range range : ranges) {
                double share = RandomStream.of(seed, "sweep " + range.key(), i).nextDouble();
                setting = setting.with(range.key(), range.at(share));
            }
            drawn.add(setting);
        }
        return drawn;
    }

    /** The value at {@code share} (0..1) of the way, in three digits. */
    String at(double share) {
        if (values == Values.WHOLE) {
            double end = high + 1;
            double value = spacing == Spacing.EVEN ? low + share * (end - low) : low * Math.pow(end / low, share);
            return Long.toString((long) Math.floor(Math.min(high, value)));
        }
        double value = spacing == Spacing.EVEN ? low + share * (high - low) : low * Math.pow(high / low, share);
        return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toString();
    }
}
