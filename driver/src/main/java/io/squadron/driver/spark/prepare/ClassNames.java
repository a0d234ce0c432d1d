package io.squadron.driver.spark.prepare;

import io.squadron.failure.Failure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Names of classes by label. A later version keeps the numbers of its base: what is new comes behind. A label that a source
 * writes as a number is a place in a list of names that was given, unless it is itself a name.
 */
final class ClassNames {
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");
    private static final int SHOWN = 20;

    private final List<String> names;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final boolean given;

    private ClassNames(List<String> names, boolean given) {
        this.names = List.copyOf(names);
        this.given = given;
        for (String each : names) {
            if (numbers.put(each, numbers.size()) != null) {
                throw Failure.usage(
                        "Cannot prepare with classes %s: '%s' stands there twice. Correct prepare.classes",
                        names, each);
            }
        }
    }

    /**
     * The classes of a dataset.
     *
     * @param base those of the version that this one adds to
     * @param given by the configuration or the source, in their order; empty where nobody gave any
     * @param found labels as the source writes them, used where none are given: numbers in their order, else sorted
     */
    static ClassNames of(List<String> base, List<String> given, List<String> found) {
        List<String> names = new ArrayList<>(base);
        List<String> wanted = given.isEmpty() ? sorted(found) : given;
        wanted.stream().filter(each -> !base.contains(each)).forEach(names::add);
        return new ClassNames(names, !given.isEmpty());
    }

    private static List<String> sorted(List<String> found) {
        boolean numbers = found.stream().allMatch(each -> NUMBER.matcher(each).matches());
        return found.stream()
                .sorted(numbers ? Comparator.comparing(Integer::valueOf) : Comparator.<String>naturalOrder())
                .toList();
    }

    List<String> names() {
        return names;
    }

    OptionalInt number(String text) {
        Integer named = numbers.get(text);
        if (named != null) {
            return OptionalInt.of(named);
        }
        boolean place = given && NUMBER.matcher(text).matches() && Integer.parseInt(text) < names.size();
        return place ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    /** For a message. */
    String some() {
        return names.size() <= SHOWN
                ? names.toString()
                : names.subList(0, SHOWN) + " and " + (names.size() - SHOWN) + " more";
    }
}
