package io.squadron.driver.registry;

import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.Split;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The samples on which models are compared, the same every night. Those of a class are fixed on the first night that has some
 * in its held-out split, and stay.
 *
 * @param classes by name
 */
public record HoldOut(Map<String, OfClass> classes) {
    public HoldOut {
        classes = new TreeMap<>(classes);
    }

    /**
     * Samples of one class.
     *
     * @param since the night that fixed them
     * @param ids in hexadecimal digits
     */
    public record OfClass(String since, List<String> ids) {
        public OfClass {
            ids = List.copyOf(ids);
        }
    }

    public static HoldOut empty() {
        return new HoldOut(Map.of());
    }

    /** With the {@code split} of classes of {@code index} that have no samples here. */
    public HoldOut with(DatasetIndex index, Split split, String night) {
        Map<String, List<String>> found = new TreeMap<>();
        for (int position : index.positions(split)) {
            String name = index.classes().get(index.labels()[position]);
            if (!classes.containsKey(name)) {
                found.computeIfAbsent(name, absent -> new ArrayList<>()).add(id(index, position));
            }
        }
        Map<String, OfClass> all = new TreeMap<>(classes);
        found.forEach((name, ids) -> all.put(name, new OfClass(night, ids)));
        return new HoldOut(all);
    }

    /** Where they are in {@code index}, ascending; only those that are held out there, too. */
    public int[] positions(DatasetIndex index, Split split) {
        Set<String> ids = new HashSet<>();
        classes.values().forEach(each -> ids.addAll(each.ids()));
        List<Integer> found = new ArrayList<>();
        for (int position : index.positions(split)) {
            if (ids.contains(id(index, position))) {
                found.add(position);
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    private static String id(DatasetIndex index, int position) {
        return "%016x".formatted(index.ids()[position]);
    }
}
