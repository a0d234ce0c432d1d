package io.squadron.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The lower part of a network whose output depends on the image alone as long as a run trains only what lies above it: all
 * its layers are frozen, nothing in it is random, and one activation carries everything upwards.
 */
public final class FrozenBody {
    private FrozenBody() {}

    /** The node that gives that activation, as high as it can be; none if the lowest layers are trained already. */
    public static Optional<String> top(ModelSpec spec, Freeze freeze) {
        Set<String> owners = new HashSet<>();
        spec.layout().slices().forEach(slice -> owners.add(slice.node()));
        Optional<String> top = Optional.empty();
        boolean owned = false;
        for (int i = 0; i < spec.nodes().size() - 1; i++) {
            Node node = spec.nodes().get(i);
            boolean trained = owners.contains(node.name()) && !freeze.nodes().contains(node.name());
            boolean random = node.layer() instanceof Layer.Dropout || node.layer() instanceof Layer.StochasticDepth;
            if (trained || random) {
                break;
            }
            owned |= owners.contains(node.name());
            if (owned && carriesAll(spec, i)) {
                top = Optional.of(node.name());
            }
        }
        return top;
    }

    private static boolean carriesAll(ModelSpec spec, int index) {
        Set<String> below = new HashSet<>(Set.of(ModelSpec.INPUT));
        spec.nodes().subList(0, index).forEach(node -> below.add(node.name()));
        return spec.nodes().subList(index + 1, spec.nodes().size()).stream()
                .flatMap(node -> node.inputs().stream())
                .noneMatch(below::contains);
    }

    /** What lies above {@code top}, as a network whose image is what leaves that node. Slices keep their names. */
    public static ModelSpec above(ModelSpec spec, String top) {
        Map<String, String> names = new HashMap<>(Map.of(top, ModelSpec.INPUT));
        List<Node> nodes = new ArrayList<>();
        for (Node node : spec.nodes()
                .subList(spec.nodes().indexOf(spec.node(top)) + 1, spec.nodes().size())) {
            List<String> inputs = node.inputs().stream()
                    .map(input -> names.getOrDefault(input, input))
                    .toList();
            nodes.add(new Node(node.name(), node.layer(), inputs));
        }
        return new ModelSpec(spec.architecture(), spec.shapes().get(top), nodes, spec.auxiliaries());
    }
}
