package io.squadron.exchange;

import java.util.List;

/**
 * All tensors of a file, sorted.
 *
 * @param names whose names the file has
 * @param tensors those that may belong to the network
 * @param passed those that do not, each with its reason
 * @param notes what a person should know about the way in which they were taken over
 */
public record Mapping(String names, List<MappedTensor> tensors, List<FittingReport.Unused> passed, List<String> notes) {
    public Mapping {
        tensors = List.copyOf(tensors);
        passed = List.copyOf(passed);
        notes = List.copyOf(notes);
    }
}
