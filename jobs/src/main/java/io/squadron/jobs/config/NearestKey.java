package io.squadron.jobs.config;

import java.util.Collection;
import java.util.Comparator;

/** Finds what was probably meant by an unknown key. */
final class NearestKey {
    private NearestKey() {}

    /**
     * The candidate most like {@code key}: one with the same last part first (a key in the wrong section), then the one
     * fewest edits away.
     */
    static String of(String key, Collection<String> candidates) {
        return candidates.stream()
                .min(Comparator.comparingInt(
                                (String candidate) -> last(candidate).equals(last(key)) ? 0 : 1)
                        .thenComparingInt(candidate -> distance(key, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    /** Levenshtein's distance: insertions, deletions and substitutions of one character. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1]; // row: (prefixes of b), against the first i characters of a
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
