package io.squadron.model;

import io.squadron.failure.Failure;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which nodes keep their parameters. A frozen batch norm uses its running statistics in both directions and leaves them
 * as they are. Dropout inside the frozen part is off only where nothing above it is trained.
 *
 * @param nodes names of the frozen nodes that have parameters
 */
public record Freeze(Set<String> nodes) implements Serializable {
    public Freeze {
        nodes = Set.copyOf(nodes);
    }

    public static Freeze none() {
        return new Freeze(Set.of());
    }

    /**
     * Freezes the first {@code depth} stages, counted from the image. A stage is the first part of the names: for a ResNet
     * stem (conv1, bn1), layer1, layer2, layer3, layer4, fc; for GoogLeNet conv1, conv2, conv3, inception3a, and so on to
     * inception5b, fc (with the auxiliary heads). Of AlexNet and VGG each convolution, with its batch norm, and each dense
     * layer is a stage: features.0, features.3, up to classifier.6.
     */
    public static Freeze below(ModelSpec spec, int depth) {
        List<Set<String>> stages = stages(spec);
        if (depth < 0 || depth >= stages.size()) {
            throw Failure.usage(
                    "Cannot freeze %d stages of %s: it has %d, of which at least the last must be trained "
                            + "(expected 0 to %d)",
                    depth, spec.architecture(), stages.size(), stages.size() - 1);
        }
        Set<String> frozen = new LinkedHashSet<>();
        stages.subList(0, depth).forEach(frozen::addAll);
        return new Freeze(frozen);
    }

    /** Freezes every node whose name equals one of {@code names} or lies below it ("layer1" freezes "layer1.0.conv1"). */
    public static Freeze named(ModelSpec spec, List<String> names) {
        Set<String> frozen = new LinkedHashSet<>();
        for (String name : names) {
            List<String> hit = owners(spec).stream()
                    .filter(node -> node.equals(name) || node.startsWith(name + "."))
                    .toList();
            if (hit.isEmpty()) {
                throw Failure.usage(
                        "Cannot freeze '%s' of %s: no layer with parameters has that name (stages are %s)",
                        name, spec.architecture(), named(spec).keySet());
            }
            frozen.addAll(hit);
        }
        if (frozen.containsAll(owners(spec))) {
            throw Failure.usage("Cannot freeze all layers of %s: nothing would be trained", spec.architecture());
        }
        return new Freeze(frozen);
    }

    public Freeze and(Freeze other) {
        Set<String> both = new LinkedHashSet<>(nodes);
        both.addAll(other.nodes);
        return new Freeze(both);
    }

    /** The same without the batch norms, which go on with the statistics of each batch. */
    public Freeze withoutNorms(ModelSpec spec) {
        Set<String> others = new LinkedHashSet<>(nodes);
        others.removeIf(node -> spec.node(node).layer() instanceof Layer.BatchNorm);
        return new Freeze(others);
    }

    public boolean holds(Slice slice) {
        return nodes.contains(slice.node());
    }

    /** The stages of {@code spec}, from the image up, each with its nodes that own parameters. */
    public static List<Set<String>> stages(ModelSpec spec) {
        return List.copyOf(named(spec).values());
    }

    private static Map<String, Set<String>> named(ModelSpec spec) {
        Map<String, Set<String>> stages = new LinkedHashMap<>();
        for (String node : owners(spec)) {
            stages.computeIfAbsent(stageOf(spec, spec.node(node)), key -> new LinkedHashSet<>())
                    .add(node);
        }
        return stages;
    }

    /** A batch norm belongs to the convolution before it; of "features.3" and "classifier.6" each is a stage of its own. */
    private static String stageOf(ModelSpec spec, Node node) {
        boolean follows = node.layer() instanceof Layer.BatchNorm
                && spec.nodes().stream()
                        .anyMatch(before -> before.layer() instanceof Layer.Convolution
                                && before.name().equals(node.inputs().get(0)));
        String[] parts = (follows ? node.inputs().get(0) : node.name()).split("\\.");
        return switch (parts[0]) {
            case "features", "classifier" -> parts[0] + "." + parts[1];
            case "aux1", "aux2" -> "fc";
            case "conv1" -> parts.length == 1 ? "stem" : "conv1";
            default -> parts[0];
        };
    }

    private static List<String> owners(ModelSpec spec) {
        return spec.layout().slices().stream().map(Slice::node).distinct().toList();
    }
}
