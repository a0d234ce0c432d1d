package io.squadron.driver.schedule;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;

/**
 * What is trained when, and on which size: cuts a run into {@link Stretch}es. Pure.
 *
 * @param recipe which stages are trained when
 * @param head how long the last stage alone is trained, for recipes that begin with it
 * @param unfreezeEvery how long each further stage of {@link Recipe#GRADUAL} is trained before the next below it
 * @param bodyRate factor on the learning rate once more than the last stage is trained, for recipes that begin with it
 * @param sizes of training inputs before the full one, each for as long as the others
 * @param sizesUntil when training with the full size begins
 */
public record Curriculum(
        Recipe recipe, Span head, Span unfreezeEvery, double bodyRate, List<Integer> sizes, Span sizesUntil)
        implements Serializable {
    /** Which stages are trained when. */
    public enum Recipe {
        /** All that is not frozen otherwise, from the first step. */
        WHOLE,
        /** The last stage alone, so that its random weights do not spoil what is below; then all. */
        FINE_TUNE,
        /** The last stage alone, then one more below at a time (Howard and Ruder, arXiv:1801.06146, section 3.3). */
        GRADUAL
    }

    public Curriculum {
        sizes = List.copyOf(sizes);
    }

    /** Everything from the first step, on the full size. */
    public static Curriculum none() {
        return new Curriculum(Recipe.WHOLE, Span.steps(0), Span.steps(0), 1, List.of(), Span.steps(0));
    }

    /**
     * The stretches of a run, the first from step 0.
     *
     * @param fullSize side of the network's input
     * @param stages of the network
     */
    public List<Stretch> over(Extent extent, int fullSize, int stages) {
        TreeSet<Long> marks = new TreeSet<>(List.of(0L));
        for (int i = 1; i <= sizes.size(); i++) {
            marks.add(sizeMark(extent, i));
        }
        for (int unfrozen = 1; unfrozen < stages; unfrozen++) {
            marks.add(stageMark(extent, unfrozen));
        }
        marks.removeIf(mark -> mark >= extent.totalSteps());
        List<Stretch> stretches = new ArrayList<>();
        for (long mark : marks) {
            int frozen = frozen(extent, stages, mark);
            boolean headAlone = recipe == Recipe.WHOLE || frozen == stages - 1;
            Stretch next = new Stretch(mark, size(extent, fullSize, mark), frozen, headAlone ? 1 : bodyRate);
            if (stretches.isEmpty() || !stretches.get(stretches.size() - 1).alike(next)) {
                stretches.add(next);
            }
        }
        return List.copyOf(stretches);
    }

    /** The step at which size number {@code index} ends: a whole epoch where the run has more epochs than sizes. */
    private long sizeMark(Extent extent, int index) {
        double all = Math.min(extent.steps(sizesUntil), extent.totalSteps());
        double exact = all * index / sizes.size();
        long epoch = extent.stepsPerEpoch();
        boolean roomy = all >= (double) epoch * sizes.size();
        LongUnaryOperator whole = step -> Math.round((double) step / epoch) * epoch;
        return roomy ? whole.applyAsLong(Math.round(exact)) : Math.round(exact);
    }

    private int size(Extent extent, int fullSize, long step) {
        for (int i = 1; i <= sizes.size(); i++) {
            if (step < sizeMark(extent, i)) {
                return sizes.get(i - 1);
            }
        }
        return fullSize;
    }

    /** The step from which {@code unfrozen} stages below the last are trained. */
    private long stageMark(Extent extent, int unfrozen) {
        return switch (recipe) {
            case WHOLE -> 0;
            case FINE_TUNE -> extent.steps(head);
            case GRADUAL -> extent.steps(head) + (unfrozen - 1) * Math.max(1, extent.steps(unfreezeEvery));
        };
    }

    private int frozen(Extent extent, int stages, long step) {
        int frozen = recipe == Recipe.WHOLE ? 0 : stages - 1;
        while (frozen > 0 && stageMark(extent, stages - frozen) <= step) {
            frozen--;
        }
        return frozen;
    }
}
