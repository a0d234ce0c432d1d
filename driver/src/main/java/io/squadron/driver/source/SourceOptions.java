package io.squadron.driver.source;

import java.io.Serializable;
import java.util.List;

/**
 * How a source is to be read.
 *
 * @param classes names in the order of their labels; empty: those that are found, sorted
 */
public record SourceOptions(SourceFormat format, Columns columns, List<String> classes) implements Serializable {
    public SourceOptions {
        classes = List.copyOf(classes);
    }

    /** Everything as the source itself tells. */
    public static SourceOptions standard() {
        return of(SourceFormat.AUTO);
    }

    public static SourceOptions of(SourceFormat format) {
        return new SourceOptions(format, new Columns("", "", ""), List.of());
    }

    public SourceOptions withClasses(List<String> other) {
        return new SourceOptions(format, columns, other);
    }

    public SourceOptions withColumns(Columns other) {
        return new SourceOptions(format, other, classes);
    }

    /**
     * Names of the columns of a table.
     *
     * @param image empty: the first of the usual names
     * @param label empty: the first of the usual names
     * @param split empty: the first of the usual names, which need not be there
     */
    public record Columns(String image, String label, String split) implements Serializable {}
}
