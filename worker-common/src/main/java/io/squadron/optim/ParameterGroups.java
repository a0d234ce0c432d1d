package io.squadron.optim;

import io.squadron.failure.Failure;
import io.squadron.model.Freeze;
import io.squadron.model.Layout;
import io.squadron.model.Slice;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the flat weights into {@link ParameterGroup}s: everything that is learned and not frozen is in exactly one group,
 * running statistics and frozen slices are in none. Neighbours that are treated alike become one group.
 */
public final class ParameterGroups {
    private ParameterGroups() {}

    /** The same, all with rate factor 1. */
    public static List<ParameterGroup> of(Layout layout, Freeze freeze, double weightDecay, Decay decay) {
        return of(layout, freeze, weightDecay, decay, StageRates.even());
    }

    /**
     * Groups in ascending order.
     *
     * @param weightDecay of the slices that {@code decay} reaches; the others have 0
     * @param rates factors on the learning rate, and so on what decays
     */
    public static List<ParameterGroup> of(
            Layout layout, Freeze freeze, double weightDecay, Decay decay, StageRates rates) {
        if (!(weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY)) {
            throw Failure.usage("Cannot use weight decay %s (expected 0 or more)", weightDecay);
        }
        List<ParameterGroup> groups = new ArrayList<>();
        for (Slice slice : layout.slices()) {
            if (slice.role().learned() && !freeze.holds(slice)) {
                double own = decay.reaches(slice.role()) ? weightDecay : 0;
                append(groups, new ParameterGroup(slice.offset(), slice.length(), rates.of(slice), own));
            }
        }
        return List.copyOf(groups);
    }

    private static void append(List<ParameterGroup> groups, ParameterGroup next) {
        if (!groups.isEmpty()) {
            ParameterGroup last = groups.get(groups.size() - 1);
            boolean alike = last.rate() == next.rate() && last.weightDecay() == next.weightDecay();
            if (last.end() == next.offset() && alike) {
                int length = last.length() + next.length();
                groups.set(
                        groups.size() - 1, new ParameterGroup(last.offset(), length, last.rate(), last.weightDecay()));
                return;
            }
        }
        groups.add(next);
    }
}
