package io.squadron.driver.schedule;

import io.squadron.failure.Failure;
import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of training with its unit, as people write it: "3ep" (epochs, fractions allowed), "500st" (steps), "5%" (of
 * the whole run).
 */
public record Span(double amount, Unit unit) implements Serializable {
    /** What a span is counted in. */
    public enum Unit {
        EPOCHS("ep"),
        STEPS("st"),
        PERCENT("%");

        private final String suffix;

        Unit(String suffix) {
            this.suffix = suffix;
        }
    }

    private static final Pattern FORM = Pattern.compile("\\s*([0-9]+(?:\\.[0-9]+)?)\\s*(ep|st|%)\\s*");

    public static Span epochs(double amount) {
        return new Span(amount, Unit.EPOCHS);
    }

    public static Span steps(long amount) {
        return new Span(amount, Unit.STEPS);
    }

    /** Reads "3ep", "500st" or "5%". */
    public static Span parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw Failure.usage("Cannot read span '%s' (expected a number and a unit: 3ep, 500st or 5%%)", text);
        }
        for (Unit unit : Unit.values()) {
            if (unit.suffix.equals(matcher.group(2))) {
                return new Span(Double.parseDouble(matcher.group(1)), unit);
            }
        }
        throw new IllegalStateException(text);
    }

    /** Its length in whole steps, rounded to the nearest; a span above zero is at least one step. */
    public long steps(long stepsPerEpoch, long totalSteps) {
        return amount == 0 ? 0 : Math.max(1, Math.round(exactSteps(stepsPerEpoch, totalSteps)));
    }

    /** Its length in steps, unrounded. */
    double exactSteps(long stepsPerEpoch, long totalSteps) {
        return switch (unit) {
            case EPOCHS -> amount * stepsPerEpoch;
            case STEPS -> amount;
            case PERCENT -> amount / 100 * totalSteps;
        };
    }

    @Override
    public String toString() {
        String number =
                amount == Math.rint(amount) ? Long.toString((long) amount) : String.format(Locale.ROOT, "%s", amount);
        return number + unit.suffix;
    }
}
