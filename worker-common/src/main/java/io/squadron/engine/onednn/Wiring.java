package io.squadron.engine.onednn;

import io.squadron.model.Freeze;
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

    private Wiring(List<Node> nodes, Set<String> trained, Set<String> learning, String seen) {
        this.trained = trained;
        this.seen = seen;
        for (Node node : nodes) {
            node.inputs()
                    .forEach(input -> readers.computeIfAbsent(input, key -> new ArrayList<>())
                            .add(node));
            if (learning.contains(node.name()) || node.inputs().stream().anyMatch(flowing::contains)) {
                flowing.add(node.name());
            }
        }
    }

    /** For a step: everything is trained but what {@code freeze} holds. */
    static Wiring training(ModelSpec spec, Freeze freeze) {
        Set<String> learning = spec.layout().slices().stream()
                .filter(slice -> !freeze.holds(slice))
                .map(Slice::node)
                .collect(Collectors.toSet());
        return new Wiring(spec.nodes(), learning, learning, spec.output().name());
    }

    /** For an evaluation that ends with what leaves {@code node}. */
    static Wiring evaluation(ModelSpec spec, String node) {
        return new Wiring(spec.leadingTo(node), Set.of(), Set.of(), node);
    }

    /** For a pass through {@code nodes} in which {@code norms} measure, and nothing learns. */
    static Wiring observation(List<Node> nodes, Set<String> norms) {
        return new Wiring(nodes, norms, Set.of(), "");
    }

    /** Whether this is for a step in which anything is trained. */
    boolean training() {
        return !flowing.isEmpty();
    }

    /** Whether the node's own parameters get a gradient; for a batch norm, whether it uses its own batch's statistics. */
    boolean trained(String node) {
        return trained.contains(node);
    }

    /** Whether what leaves the node gets a gradient: it, or something below it, is trained. */
    boolean flows(String node) {
        return flowing.contains(node);
    }

    /** The one node that looks at what leaves {@code node}, if it is only one and what leaves is not what was asked for. */
    Optional<Node> onlyReader(String node) {
        List<Node> all = readers.getOrDefault(node, List.of());
        return all.size() == 1 && !node.equals(seen) ? Optional.of(all.get(0)) : Optional.empty();
    }
}
