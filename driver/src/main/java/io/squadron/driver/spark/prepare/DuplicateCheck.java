package io.squadron.driver.spark.prepare;

import io.squadron.dataset.Split;
import io.squadron.failure.Failure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds images that are there more than once by the hash of their content. Copies in one split and class do no harm but weight;
 * an image that is trained on and tested with, or that has two labels, spoils what is measured.
 */
final class DuplicateCheck {
    private static final int LISTED = 10_000;
    private static final int IN_BASE = -1;

    private final Survey survey;
    private final Selection selection;
    private final BaseVersion base;
    private final boolean drop;
    private final List<Pair> listed = new ArrayList<>();
    private int conflicts;

    /** An image and the one that stands for both, or {@link #IN_BASE}. */
    private record Pair(int number, int first) {}

    private DuplicateCheck(Survey survey, Selection selection, BaseVersion base, boolean drop) {
        this.survey = survey;
        this.selection = selection;
        this.base = base;
        this.drop = drop;
    }

    /**
     * Does with duplicates as {@code settings} say, and returns how many there are in several splits or classes. Drops are no longer
     * {@link Selection#kept}. Fails with DATA where there is one and none may be.
     */
    static int run(PrepareSettings settings, Survey survey, Selection selection, BaseVersion base) {
        PrepareSettings.Duplicates wish = settings.choices().duplicates();
        DuplicateCheck check = new DuplicateCheck(survey, selection, base, wish == PrepareSettings.Duplicates.DROP);
        check.look();
        check.list(survey.rejects());
        if (wish == PrepareSettings.Duplicates.FAIL && check.conflicts > 0) {
            survey.rejects().write(survey.storage(), settings.out());
            throw check.failure(settings);
        }
        return check.conflicts;
    }

    private void look() {
        SampleColumns samples = survey.samples();
        int[] order = selection.sorted((a, b) -> {
            int byHash = Long.compare(samples.hash(a), samples.hash(b));
            return byHash != 0 ? byHash : selection.splits()[b] - selection.splits()[a];
        });
        int first = 0;
        for (int i = 0; i < order.length; i++) {
            long hash = samples.hash(order[i]);
            if (base.contents().contains(hash)) {
                boolean sameClass = base.ids().contains(Selection.id(hash, samples.label(order[i])));
                found(new Pair(order[i], IN_BASE), !sameClass);
            } else if (i > 0 && hash == samples.hash(order[first])) {
                found(new Pair(order[i], order[first]), differs(order[i], order[first]));
                continue;
            }
            first = i;
        }
    }

    private boolean differs(int a, int b) {
        return selection.splits()[a] != selection.splits()[b]
                || survey.samples().label(a) != survey.samples().label(b);
    }

    private void found(Pair pair, boolean conflict) {
        conflicts += conflict ? 1 : 0;
        if (drop) {
            selection.kept()[pair.number()] = false;
        }
        if ((conflict || drop) && listed.size() < LISTED) {
            listed.add(pair);
        }
    }

    private void list(Rejects rejects) {
        if (listed.isEmpty()) {
            return;
        }
        Set<Integer> wanted = new HashSet<>();
        listed.forEach(pair -> wanted.addAll(List.of(pair.number(), pair.first())));
        Map<Integer, String> paths = survey.paths(wanted::contains);
        for (Pair pair : listed) {
            String other = pair.first() == IN_BASE
                    ? "one in the version that is added to"
                    : "%s (%s)".formatted(paths.get(pair.first()), place(pair.first()));
            String reason = "the same image as %s; this one is in %s%s"
                    .formatted(other, place(pair.number()), drop ? ", and left out" : "");
            rejects.add(paths.get(pair.number()), reason, Reject.Kind.DUPLICATE);
        }
    }

    private String place(int number) {
        String split = Split.of(selection.splits()[number]).name().toLowerCase(Locale.ROOT);
        return split + ", class " + survey.samples().label(number);
    }

    private Failure failure(PrepareSettings settings) {
        return Failure.data(
                "Cannot prepare %s: %d images are there in two splits or two classes, such as %s (expected none). Mend those that "
                        + "rejects.jsonl in %s lists, or choose prepare.duplicates = report or drop",
                settings.source(),
                conflicts,
                survey.paths(number -> number == listed.get(0).number()).values(),
                settings.out());
    }
}
