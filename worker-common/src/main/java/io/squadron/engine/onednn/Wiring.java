package io.squadron.engine.onednn;

import io.squadron.model.Freeze;
import io.squadron.model.Layer;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import io.squadron.model.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Who reads whom in a network, what is trained, and how far down gradients flow. */
final class Wiring {
    private final Map<String, List<Node>> readers = new HashMap<>();
    private final Set<String> trained;
    private final Set<String> flowing = new HashSet<>();
    private final String seen;

    private Wiring(ModelSpec spec, Set<String> trained, String seen) {
        this.trained = trained;
        this.seen = seen;
        for (Node node : spec.nodes()) {
            node.inputs()
                    .forEach(input -> readers.computeIfAbsent(input, key -> new ArrayList<>())
                            .add(node));
            if (trained.contains(node.name()) || node.inputs().stream().anyMatch(flowing::contains)) {
                flowing.add(node.name());
            }
        }
    }

    /** For a step: everything is trained but what {@code freeze} holds. */
    static Wiring training(ModelSpec spec, Freeze freeze) {
        return new Wiring(
                spec,
                spec.layout().slices().stream()
                        .filter(slice -> !freeze.holds(slice))
                        .map(Slice::node)
                        .collect(Collectors.toSet()),
                spec.output().name());
    }

    /** For an evaluation that ends with what leaves {@code node}. */
    static Wiring evaluation(ModelSpec spec, String node) {
        return new Wiring(spec, Set.of(), node);
    }

    /** Whether this is for a step in which anything is trained. */
    boolean training() {
        return !trained.isEmpty();
    }

    /** Whether the node's own parameters get a gradient. */
    boolean trained(String node) {
        return trained.contains(node);
    }

    /** Whether what leaves the node gets a gradient: it, or something below it, is trained. */
    boolean flows(String node) {
        return flowing.contains(node);
    }

    /** The ReLU that may be done together with {@code node}, because nobody else looks at what leaves the node. */
    Optional<Node> reluAfter(Node node) {
        List<Node> after = readers.getOrDefault(node.name(), List.of());
        boolean alone = after.size() == 1 && !node.name().equals(seen);
        return alone && after.get(0).layer() instanceof Layer.Relu ? Optional.of(after.get(0)) : Optional.empty();
    }
}
