package io.squadron.driver.spark.prepare;

/** Sorting of numbers by what they stand for, without an object for each. */
final class Order {
    private Order() {}

    /** As {@link java.util.Comparator}, of numbers. */
    @FunctionalInterface
    interface Comparison {
        int compare(int a, int b);
    }

    /** Sorts {@code numbers} in place; equal ones keep their order. Merge sort, with as much again for its work. */
    static void sort(int[] numbers, Comparison comparison) {
        int[] from = numbers.clone();
        sort(from, numbers, 0, numbers.length, comparison);
    }

    /** Sorts a stretch into {@code target}; both hold the same at the start. */
    private static void sort(int[] source, int[] target, int first, int end, Comparison comparison) {
        if (end - first < 2) {
            return;
        }
        int middle = (first + end) >>> 1;
        sort(target, source, first, middle, comparison);
        sort(target, source, middle, end, comparison);
        int left = first;
        int right = middle;
        for (int at = first; at < end; at++) {
            boolean fromLeft = right == end || (left < middle && comparison.compare(source[left], source[right]) <= 0);
            target[at] = fromLeft ? source[left++] : source[right++];
        }
    }
}
