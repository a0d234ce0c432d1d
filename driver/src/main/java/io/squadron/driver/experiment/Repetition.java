package io.squadron.driver.experiment;

import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A run beside its repetition, bit by bit.
 *
 * @param original what was seen and what came out
 * @param repeated the same of the repetition
 */
public record Repetition(Side original, Side repeated) {
    /**
     * One of the two.
     *
     * @param losses mean over the global batch by step, in nats; steps whose loss was not kept are missing
     * @param weights hash of the weights at the end
     * @param metrics of the last evaluation, by name
     */
    public record Side(NavigableMap<Long, Double> losses, String weights, Map<String, Double> metrics) {}

    /** The first step, of those whose loss both know, at which it differs in any bit. */
    public Optional<Long> departure() {
        return original.losses().keySet().stream()
                .filter(step -> repeated.losses().containsKey(step))
                .filter(step ->
                        !same(original.losses().get(step), repeated.losses().get(step)))
                .findFirst();
    }

    /** Losses, weights and metrics alike. */
    public boolean exact() {
        return departure().isEmpty()
                && original.weights().equals(repeated.weights())
                && original.metrics().entrySet().stream()
                        .allMatch(each ->
                                each.getValue().equals(repeated.metrics().get(each.getKey())));
    }

    private static boolean same(double one, double other) {
        return Double.doubleToLongBits(one) == Double.doubleToLongBits(other);
    }

    /** What came of it, for people. */
    public String words() {
        StringBuilder text = new StringBuilder();
        text.append(
                exact()
                        ? "Bit for bit the same.\n"
                        : departure().map(this::departed).orElse(later()));
        text.append("  losses of %,d steps compared%n".formatted(compared()));
        text.append("  weights %s and %s%n".formatted(brief(original.weights()), brief(repeated.weights())));
        new TreeMap<>(original.metrics())
                .forEach((name, value) -> text.append(String.format(
                        Locale.ROOT,
                        "  %s %s and %s%n",
                        name,
                        value,
                        repeated.metrics().getOrDefault(name, Double.NaN))));
        return text.toString();
    }

    private long compared() {
        return original.losses().keySet().stream()
                .filter(repeated.losses()::containsKey)
                .count();
    }

    private String departed(long step) {
        double before = original.losses().get(step);
        double after = repeated.losses().get(step);
        return String.format(
                Locale.ROOT,
                "It departs at step %d: loss %s, was %s (%.1e apart); at most %.1e apart at any step.%n",
                step,
                after,
                before,
                Math.abs(after - before),
                largest());
    }

    private String later() {
        return compared() == 0
                ? "The ends differ; no losses were kept to say since when.\n"
                : "The losses are the same, but the ends differ: it departs after the last loss that was kept.\n";
    }

    private double largest() {
        return original.losses().entrySet().stream()
                .filter(each -> repeated.losses().containsKey(each.getKey()))
                .mapToDouble(
                        each -> Math.abs(each.getValue() - repeated.losses().get(each.getKey())))
                .max()
                .orElse(0);
    }

    private static String brief(String hash) {
        return hash.substring(0, Math.min(16, hash.length()));
    }
}
