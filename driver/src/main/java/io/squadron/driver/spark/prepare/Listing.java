package io.squadron.driver.spark.prepare;

import java.util.List;

/**
 * What a source holds.
 *
 * @param candidates in an order that depends on names alone
 * @param ignored files that are no images by their name
 */
record Listing(List<String> classes, List<Candidate> candidates, List<Reject> ignored) {
    Listing {
        classes = List.copyOf(classes);
        candidates = List.copyOf(candidates);
        ignored = List.copyOf(ignored);
    }
}
