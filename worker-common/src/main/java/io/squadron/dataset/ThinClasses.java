package io.squadron.dataset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Classes of a dataset that have too few samples to be learned, or none to be judged by, in sentences for people. */
public final class ThinClasses {
    private static final int MOST_NAMED = 10;

    private ThinClasses() {}

    /**
     * A sentence for each thing that is wrong, with the names of the classes; empty where nothing is. A split without any samples
     * is not there, so no class lacks it.
     *
     * @param few training samples below which a class is named; 0: none is
     */
    public static List<String> warnings(DatasetIndex index, int few) {
        List<String> warnings = new ArrayList<>();
        for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
            int[] counts = index.counts(split);
            if (IntStream.of(counts).sum() > 0) {
                String what = "no %s image".formatted(split.name().toLowerCase(Locale.ROOT));
                warn(warnings, index, what, found(counts, count -> count == 0), label -> "");
            }
        }
        int[] training = index.counts(Split.TRAIN);
        List<Integer> small = found(training, count -> count < few).stream()
                .sorted(Comparator.comparing(label -> training[label]))
                .toList();
        warn(warnings, index, "fewer than " + few + " training images", small, label -> " (" + training[label] + ")");
        return warnings;
    }

    private static List<Integer> found(int[] counts, IntPredicate wanted) {
        return IntStream.range(0, counts.length)
                .filter(label -> wanted.test(counts[label]))
                .boxed()
                .toList();
    }

    private static void warn(
            List<String> warnings, DatasetIndex index, String what, List<Integer> labels, IntFunction<String> beside) {
        if (labels.isEmpty()) {
            return;
        }
        List<String> names = new ArrayList<>();
        for (int label : labels.subList(0, Math.min(MOST_NAMED, labels.size()))) {
            names.add(index.classes().get(label) + beside.apply(label));
        }
        String more = labels.size() > MOST_NAMED ? " and " + (labels.size() - MOST_NAMED) + " more" : "";
        warnings.add("%s of %d of %d classes: %s%s"
                .formatted(what, labels.size(), index.classes().size(), String.join(", ", names), more));
    }
}
