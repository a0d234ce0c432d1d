package io.squadron.driver.spark.prepare;

import io.squadron.dataset.Split;
import io.squadron.random.RandomStream;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who is trained on and who is held out. A split that a folder gives is obeyed; where the source gives training images only for
 * some split, the stated share of them is held out for it, drawn by the hash of the content.
 *
 * @param given splits for which the source has images of its own
 */
record Splits(PrepareSettings settings, Set<Split> given) {
    static Splits of(PrepareSettings settings, SampleColumns samples) {
        Set<Split> given = EnumSet.noneOf(Split.class);
        for (int i = 0; i < samples.size(); i++) {
            samples.stated(i).ifPresent(given::add);
        }
        return new Splits(settings, given);
    }

    Split of(Optional<Split> said, long hash) {
        Split stated = said.orElse(Split.TRAIN);
        if (stated != Split.TRAIN) {
            return stated;
        }
        double draw = RandomStream.of(settings.seed(), "split", hash).nextDouble();
        double test = given.contains(Split.TEST) ? 0 : settings.heldOut().test();
        double validation =
                given.contains(Split.VALIDATION) ? 0 : settings.heldOut().validation();
        if (draw < test) {
            return Split.TEST;
        }
        return draw < test + validation ? Split.VALIDATION : Split.TRAIN;
    }

    /** In words, for the provenance. */
    String rule() {
        String test =
                given.contains(Split.TEST) ? "given" : share(settings.heldOut().test());
        String validation = given.contains(Split.VALIDATION)
                ? "given"
                : share(settings.heldOut().validation());
        return "test: " + test + "; validation: " + validation;
    }

    private static String share(double share) {
        return share + " of the training images, by content";
    }
}
