package io.squadron.exchange;

import java.io.Serializable;
import java.util.List;

/**
 * What became of every tensor of a file, and of every slice of the network.
 *
 * @param file its URI
 * @param names whose names it has
 * @param used tensors of the file that became slices
 * @param unused tensors of the file that became nothing, with reasons
 * @param fresh slices that begin anew, with reasons
 * @param notes what a person should know beside that
 */
public record FittingReport(
        String file, String names, List<Used> used, List<Unused> unused, List<Fresh> fresh, List<String> notes)
        implements Serializable {
    public FittingReport {
        used = List.copyOf(used);
        unused = List.copyOf(unused);
        fresh = List.copyOf(fresh);
        notes = List.copyOf(notes);
    }

    /** The tensor {@code source} of the file is the slice {@code name}. */
    public record Used(String source, String name, List<Integer> shape) implements Serializable {}

    /** The tensor {@code source} of the file is nothing here. */
    public record Unused(String source, List<Integer> shape, String reason) implements Serializable {}

    /** The slice {@code name} is as the initialisation made it. */
    public record Fresh(String name, List<Integer> shape, String reason) implements Serializable {}

    /** One line. */
    public String summary() {
        return "%s, named as by %s: %d tensors used, %d not used, %d begin anew"
                .formatted(file, names, used.size(), unused.size(), fresh.size());
    }
}
