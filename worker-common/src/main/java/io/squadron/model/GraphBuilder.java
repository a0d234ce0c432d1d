package io.squadron.model;

import java.util.ArrayList;
import java.util.List;

/** Strings layers together; each call returns the name of the node it added, to be an input of later ones. */
final class GraphBuilder {
    private final List<Node> nodes = new ArrayList<>();

    String add(String name, Layer layer, String... inputs) {
        nodes.add(new Node(name, layer, List.of(inputs)));
        return name;
    }

    ModelSpec build(String architecture, Shape input) {
        return build(architecture, input, List.of());
    }

    ModelSpec build(String architecture, Shape input, List<ModelSpec.Auxiliary> auxiliaries) {
        ModelSpec spec = new ModelSpec(architecture, input, nodes, auxiliaries);
        spec.shapes();
        return spec;
    }
}
