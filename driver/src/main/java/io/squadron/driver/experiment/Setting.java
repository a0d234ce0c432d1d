package io.squadron.driver.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What one candidate of a sweep sets, key by key in the order in which they were asked for; two are equal if they set the same. */
public record Setting(List<Assignment> assignments) {
    /**
     * One key of the configuration.
     *
     * @param key without the leading {@code squadron.}
     */
    public record Assignment(String key, String value) {
        /** The last part of the key and the value, for people. */
        String brief() {
            return key.substring(key.lastIndexOf('.') + 1) + "=" + value;
        }
    }

    public Setting {
        assignments = List.copyOf(assignments);
    }

    /** That of the configuration as it is. */
    public static Setting none() {
        return new Setting(List.of());
    }

    public Setting with(String key, String value) {
        List<Assignment> more = new ArrayList<>(assignments);
        more.add(new Assignment(key, value));
        return new Setting(more);
    }

    /** This, and what {@code other} sets. */
    public Setting and(Setting other) {
        List<Assignment> more = new ArrayList<>(assignments);
        more.addAll(other.assignments);
        return new Setting(more);
    }

    /** Without what it sets {@code key} to: what lines of a chart over that key are told apart by. */
    public Setting without(String key) {
        return new Setting(
                assignments.stream().filter(each -> !each.key().equals(key)).toList());
    }

    /** The value of {@code key} as a number, if it is one. */
    public Optional<Double> number(String key) {
        try {
            return assignments.stream()
                    .filter(each -> each.key().equals(key))
                    .map(each -> Double.valueOf(each.value()))
                    .findFirst();
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /** For people: "learning-rate=0.1, weight-decay=0". */
    public String label() {
        return assignments.isEmpty()
                ? "as configured"
                : assignments.stream().map(Assignment::brief).collect(Collectors.joining(", "));
    }
}
