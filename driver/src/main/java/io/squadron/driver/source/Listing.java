package io.squadron.driver.source;

import java.util.List;

/**
 * What a source holds.
 *
 * @param classes names in the order of their labels where the listing tells; else empty
 * @param units in an order that depends on names alone
 * @param ignored files that are no images by their name
 */
public record Listing(List<String> classes, List<SourceUnit> units, List<Ignored> ignored) {
    public Listing {
        classes = List.copyOf(classes);
        units = List.copyOf(units);
        ignored = List.copyOf(ignored);
    }

    /** A file or folder that is passed over; {@code path} is below the source. */
    public record Ignored(String path, String reason) {}
}
