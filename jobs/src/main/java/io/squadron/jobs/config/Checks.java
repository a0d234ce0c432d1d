package io.squadron.jobs.config;

import com.typesafe.config.ConfigValue;
import io.squadron.driver.schedule.Span;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The vocabulary in which a section says what must hold; what does not is collected with the place it was written. */
final class Checks {
    private final Problems problems;
    private final ConfigNode section;

    Checks(Problems problems, ConfigNode section) {
        this.problems = problems;
        this.section = section;
    }

    void atLeast(String key, double value, double lowest) {
        that(value >= lowest, key, "at least " + number(lowest));
    }

    void atLeast(String key, long value, long lowest) {
        that(value >= lowest, key, "at least " + lowest);
    }

    void above(String key, double value, double bound) {
        that(value > bound, key, "above " + number(bound));
    }

    /** Ends included. */
    void within(String key, double value, double lowest, double highest) {
        that(value >= lowest && value <= highest, key, number(lowest) + " to " + number(highest));
    }

    /** From 0, which is allowed, up to 1, which is not. */
    void shareBelowOne(String key, double value) {
        that(value >= 0 && value < 1, key, "at least 0 and below 1");
    }

    void positive(String key, Span value) {
        that(value.amount() > 0, key, "a span above zero, such as 1ep or 500st");
    }

    /** A URI without a password in it: the configuration is stored with the run, where many may read it. */
    void withoutSecret(String key, String uri) {
        try {
            String userInfo = new URI(uri).getRawUserInfo();
            if (userInfo != null && userInfo.contains(":")) {
                problems.add(
                        section.value(key).origin(),
                        section.path(key),
                        " holds a password (expected a URI without one). Give it to Hadoop's configuration");
            }
        } catch (URISyntaxException notAUri) {
            // A path with spaces is for the file system to judge; user information needs a well-formed URI.
            that(!uri.matches("[^/]+://[^/@]*:[^/@]*@.*"), key, "a URI without user and password");
        }
    }

    void that(boolean holds, String key, String expected) {
        if (!holds) {
            ConfigValue value = section.value(key);
            problems.add(
                    value.origin(),
                    section.path(key),
                    " = " + ConfigNode.shown(value) + " (expected " + expected + ")");
        }
    }

    /** For what several keys make impossible together; placed where the first of them that a user wrote stands. */
    void together(boolean holds, List<String> keys, String expected) {
        if (holds || keys.stream().map(section::path).anyMatch(problems::has)) {
            return;
        }
        String blamed = keys.stream()
                .filter(key -> !Reference.wrote(section.value(key).origin()))
                .findFirst()
                .orElse(keys.get(0));
        String others = keys.stream()
                .filter(key -> !key.equals(blamed))
                .map(key -> section.path(key) + " = " + ConfigNode.shown(section.value(key)))
                .collect(Collectors.joining(" and "));
        ConfigValue value = section.value(blamed);
        problems.add(
                value.origin(),
                section.path(blamed),
                " = " + ConfigNode.shown(value) + " cannot go with " + others + " (expected " + expected + ")");
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%s", value);
    }
}
