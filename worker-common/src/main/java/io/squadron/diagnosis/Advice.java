package io.squadron.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Judges readings by ranges whose sources it names. Where the literature has a rule but no bound, the bound is this
 * project's own and says so: it is wide, and means "look", not "wrong".
 */
public final class Advice {
    /** Standardised differences that Cohen (1988) calls small and large. */
    public static final double SMALL_SHIFT = 0.2;

    public static final double LARGE_SHIFT = 0.8;
    /** Dead units: about 40% is what the notes of Stanford's CS231n give as the sign of too high a rate. */
    public static final double MANY_DEAD = 0.4;
    /** Updates over weights: CS231n wants about 1e-3; ten times more and less are still taken for healthy. */
    public static final double LEAST_UPDATE = 1e-4;

    public static final double MOST_UPDATE = 1e-2;
    /** Gradient of the first layers over that of the last: 1 by Glorot and Bengio 2010; the bounds are our own. */
    public static final double VANISHED = 1e-2;

    public static final double EXPLODED = 1e2;
    /** Spread of what enters the last layers over that of the first: 1 by He et al. 2015; the bounds are our own. */
    public static final double FADED = 0.1;

    public static final double GROWN = 10;

    private Advice() {}

    /** What one network on one kind of images shows of itself. */
    public static List<Finding> on(NetworkReading reading) {
        List<Finding> findings = new ArrayList<>();
        findings.add(gradients(reading));
        findings.add(spreads(reading));
        findings.add(dead(reading));
        findings.add(updates(reading));
        return findings;
    }

    /**
     * What a network with fresh weights shows: whether signals pass through it. A gradient by weights is a signal from above
     * times one from below; where both fade it is small in all layers alike, which only a comparison shows.
     *
     * @param whole the network that nothing was taken out of
     */
    public static List<Finding> onFresh(NetworkReading reading, NetworkReading whole) {
        double ratio = mean(reading.layers(), layer -> layer.gradient().gradient())
                / mean(whole.layers(), layer -> layer.gradient().gradient());
        String text = format(
                "%s: its gradients are %s times those of %s, taken over all layers (we look below %s and above %.0f). ",
                reading.name(), digits(ratio), whole.name(), digits(VANISHED), EXPLODED);
        Finding beside = ratio < VANISHED
                ? look(text + "They vanish: at the same rate it hardly learns.")
                : ratio <= EXPLODED ? healthy(text) : look(text + "They explode.");
        return List.of(beside, gradients(reading), spreads(reading));
    }

    /** What lies between two kinds of images. */
    public static List<Finding> on(Domains domains) {
        LayerShift worst = domains.layers().stream()
                .filter(each -> Double.isFinite(each.shift().distance()))
                .max(Comparator.comparingDouble(each -> each.shift().distance()))
                .orElseThrow(() -> new IllegalArgumentException("Cannot judge a shift of no layers"));
        double distance = worst.shift().distance();
        String found = format(
                "%s lies up to %.2f deviations from %s (at %s; two samples of %s alone lie %.2f apart there). ",
                domains.newName(), distance, domains.oldName(), worst.layer(), domains.oldName(), worst.noise());
        String range = format("Cohen (1988) calls %.1f small and %.1f large. ", SMALL_SHIFT, LARGE_SHIFT);
        if (distance < Math.max(SMALL_SHIFT, 2 * worst.noise())) {
            return List.of(new Finding(
                    Finding.Verdict.HEALTHY, found + range + "The network sees the new images much as the old ones."));
        }
        String advice = distance < LARGE_SHIFT
                ? "Fine-tune at least the head, and measure the batch norms anew " + "(training.batch-norm-statistics)."
                : "Do not use the network as it is: normalise with the new images' own statistics, let the batch norms "
                        + "be trained or measured anew, and fine-tune from below the layer where the curve rises.";
        return List.of(new Finding(Finding.Verdict.LOOK, found + range + advice));
    }

    private static Finding gradients(NetworkReading reading) {
        double ratio = ends(reading, layer -> layer.gradient().gradient());
        String text = format(
                "%s: the gradients of the first quarter of the layers are %s times those of the last (healthy: about 1, "
                        + "Glorot and Bengio 2010; we look below %s and above %.0f). ",
                reading.name(), digits(ratio), digits(VANISHED), EXPLODED);
        if (ratio < VANISHED) {
            return look(text + "They vanish on the way down: the first layers hardly learn. Use batch norm and skip "
                    + "connections, another initialisation (model.initialisation), or fewer layers.");
        }
        return ratio > EXPLODED
                ? look(text + "They explode on the way down: use batch norm, a lower rate with warm-up, or clipping "
                        + "(optimiser.clip-norm).")
                : ratio > 0 ? healthy(text) : look(text + "There is no gradient to speak of in one of them.");
    }

    private static Finding spreads(NetworkReading reading) {
        double ratio = ends(reading, layer -> layer.input().spread());
        String text = format(
                "%s: what enters the last quarter of the layers spreads %s times as far as what enters the first "
                        + "(healthy: about 1, He et al. 2015; we look below %s and above %.0f). ",
                reading.name(), digits(1 / ratio), digits(FADED), GROWN);
        double grown = 1 / ratio;
        if (grown < FADED) {
            return look(text + "The signal fades with depth: use batch norm, or an initialisation by fan-in.");
        }
        return grown > GROWN
                ? look(text + "The signal grows with depth, as it does where skip connections add up without norms.")
                : Double.isFinite(grown) ? healthy(text) : look(text + "No signal reaches one of them.");
    }

    /** Geometric mean of a figure over the first quarter of the layers, over that of the last; the head is left out. */
    private static double ends(NetworkReading reading, Function<LayerReading, Double> figure) {
        List<LayerReading> layers = reading.layers();
        int body = Math.max(1, layers.size() - 1);
        int quarter = Math.max(1, body / 4);
        return mean(layers.subList(0, quarter), figure) / mean(layers.subList(body - quarter, body), figure);
    }

    private static double mean(List<LayerReading> layers, Function<LayerReading, Double> figure) {
        return Math.exp(layers.stream()
                .mapToDouble(layer -> Math.log(figure.apply(layer)))
                .average()
                .orElse(Double.NaN));
    }

    private static Finding dead(NetworkReading reading) {
        List<LayerReading> layers = reading.layers().stream()
                .filter(each -> each.units().isPresent())
                .toList();
        if (layers.isEmpty()) {
            return healthy(reading.name() + ": it has no ReLU that could die.");
        }
        Comparator<LayerReading> byDead =
                Comparator.comparingDouble(each -> each.units().orElseThrow().dead());
        LayerReading worst = layers.stream().max(byDead).orElseThrow();
        double share = worst.units().orElseThrow().dead();
        String text = format(
                "%s: at most %.0f%% of the units of a layer never fire (%s; by the notes of CS231n %.0f%% is the sign of too "
                        + "high a rate). ",
                reading.name(), 100 * share, worst.place().layer(), 100 * MANY_DEAD);
        return share < MANY_DEAD
                ? healthy(text)
                : look(text
                        + "Lower the rate or warm up longer; and look at more images (--images), as a unit may wait for "
                        + "what these do not show.");
    }

    private static Finding updates(NetworkReading reading) {
        List<LayerReading> out = reading.layers().stream()
                .filter(each -> !(each.gradient().ratio() >= LEAST_UPDATE
                        && each.gradient().ratio() <= MOST_UPDATE))
                .toList();
        double typical = mean(reading.layers(), layer -> layer.gradient().ratio());
        String text = format(
                "%s: a step changes the weights by about %s of themselves, in %d of %d layers by less than %s or more than %s "
                        + "(healthy: about 1e-3, notes of CS231n). ",
                reading.name(),
                digits(typical),
                out.size(),
                reading.layers().size(),
                digits(LEAST_UPDATE),
                digits(MOST_UPDATE));
        if (out.size() * 2 <= reading.layers().size()) {
            return healthy(text);
        }
        return typical < LEAST_UPDATE
                ? look(text
                        + "They are small: raise the rate, if the loss still falls slowly. Of a network that is trained to "
                        + "the end they should be.")
                : typical > MOST_UPDATE
                        ? look(text + "They are large: lower the rate, or warm up.")
                        : look(text + "They differ from layer to layer: AdamW evens them out, as do rates by depth.");
    }

    private static Finding healthy(String text) {
        return new Finding(Finding.Verdict.HEALTHY, text.strip());
    }

    private static Finding look(String text) {
        return new Finding(Finding.Verdict.LOOK, text.strip());
    }

    private static String digits(double value) {
        return format(value >= 0.01 && value < 1000 ? "%.2f" : "%.1e", value);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
