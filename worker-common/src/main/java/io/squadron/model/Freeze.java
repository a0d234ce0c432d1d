package io.squadron.model;

import io.squadron.failure.Failure;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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
     * Freezes the first {@code depth} stages, counted from the image. A stage is the first part of the names:
     * for a ResNet stem (conv1, bn1), layer1, layer2, layer3, layer4, fc.
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
                        name, spec.architecture(), stageNames(spec));
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

    public boolean holds(Slice slice) {
        return nodes.contains(slice.node());
    }

    /** The stages of {@code spec}, from the image up, each with its nodes that own parameters. */
    public static List<Set<String>> stages(ModelSpec spec) {
        List<Set<String>> stages = new ArrayList<>();
        String current = "";
        for (String node : owners(spec)) {
            String stage = stageOf(node);
            if (!stage.equals(current)) {
                stages.add(new LinkedHashSet<>());
                current = stage;
            }
            stages.get(stages.size() - 1).add(node);
        }
        return stages;
    }

    private static List<String> stageNames(ModelSpec spec) {
        return owners(spec).stream().map(Freeze::stageOf).distinct().toList();
    }

    /** conv1 and bn1 belong together; "features.3" and "classifier.6" are stages of their own. */
    private static String stageOf(String node) {
        if (node.equals("conv1") || node.equals("bn1")) {
            return "stem";
        }
        String[] parts = node.split("\\.");
        boolean numbered = parts[0].equals("features") || parts[0].equals("classifier");
        return numbered ? parts[0] + "." + parts[1] : parts[0];
    }

    private static List<String> owners(ModelSpec spec) {
        return spec.layout().slices().stream().map(Slice::node).distinct().toList();
    }
}
