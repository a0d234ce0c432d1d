package io.squadron.exchange;

import io.squadron.model.Weights;
import java.util.Map;

/**
 * A network with all that is needed to use it elsewhere.
 *
 * @param weights laid out as {@code facts.spec().layout()} says; not copied
 * @param provenance where it comes from: facts by name, such as the run, the step, versions
 */
public record PortableModel(ModelFacts facts, Weights weights, Map<String, String> provenance) {
    public PortableModel {
        provenance = Map.copyOf(provenance);
        if (!facts.spec().layout().equals(weights.layout())) {
            throw new IllegalArgumentException(
                    "Cannot use weights of another layout for %s".formatted(facts.architecture()));
        }
    }
}
