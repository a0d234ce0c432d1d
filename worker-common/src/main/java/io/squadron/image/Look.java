package io.squadron.image;

import io.squadron.image.EvaluationTransform.Place;
import io.squadron.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * One look at an image in evaluation: a crop in the middle or at a corner, perhaps mirrored. Several looks at the same image,
 * whose probabilities are averaged, are test-time augmentation. Pure; asks for no randomness.
 */
public record Look(EvaluationTransform evaluation, Place across, Place down, boolean mirrored) implements Transform {
    private static final long serialVersionUID = 1L;

    /** How many looks. */
    public enum Choice {
        /** The crop in the middle. */
        ONE,
        /** That and its mirror image. */
        FLIP,
        /** The middle and the four corners, each with its mirror image (Krizhevsky et al. 2012). */
        TEN
    }

    /** The looks of {@code choice}, the plain one first. */
    public static List<Transform> of(EvaluationTransform evaluation, Choice choice) {
        List<Transform> views = new ArrayList<>();
        views.add(evaluation);
        if (choice != Choice.ONE) {
            views.add(new Look(evaluation, Place.MIDDLE, Place.MIDDLE, true));
        }
        if (choice == Choice.TEN) {
            for (Place down : List.of(Place.FIRST, Place.LAST)) {
                for (Place across : List.of(Place.FIRST, Place.LAST)) {
                    views.add(new Look(evaluation, across, down, false));
                    views.add(new Look(evaluation, across, down, true));
                }
            }
        }
        return views;
    }

    @Override
    public Image apply(Image image, RandomStream random) {
        Image seen = evaluation.apply(image, across, down);
        return mirrored ? new HorizontalFlip(1).apply(seen, random) : seen;
    }
}
