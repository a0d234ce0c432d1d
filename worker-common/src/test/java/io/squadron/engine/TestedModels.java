package io.squadron.engine;

import io.squadron.model.Layer;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import io.squadron.model.Shape;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Networks of the registry, changed for tests. */
final class TestedModels {
    private TestedModels() {}

    /** The same network whose dropouts drop nothing. */
    static ModelSpec withoutDropout(ModelSpec spec) {
        return mapped(
                spec,
                node -> node.layer() instanceof Layer.Dropout
                        ? new Node(node.name(), new Layer.Dropout(0), node.inputs())
                        : node);
    }

    /** The same network with an eighth of the channels everywhere but in the image and in the logits. */
    static ModelSpec narrow(ModelSpec spec) {
        Map<String, Shape> shapes = spec.shapes();
        Set<String> heads =
                spec.auxiliaries().stream().map(ModelSpec.Auxiliary::node).collect(Collectors.toSet());
        heads.add(spec.output().name());
        return mapped(spec, node -> {
            boolean first = node.inputs().contains(ModelSpec.INPUT);
            boolean head = heads.contains(node.name());
            Layer layer = node.layer();
            if (layer instanceof Layer.Convolution c) {
                int in = first ? c.in() : c.in() / 8;
                int groups = Math.max(1, c.groups() / 8);
                layer = new Layer.Convolution(in, c.out() / 8, c.window(), groups, c.bias());
            } else if (layer instanceof Layer.BatchNorm b) {
                layer = new Layer.BatchNorm(b.channels() / 8, b.epsilon(), b.momentum());
            } else if (layer instanceof Layer.Dense d) {
                int in = first ? shapes.get(ModelSpec.INPUT).elements() : d.in() / 8;
                layer = new Layer.Dense(in, head ? d.out() : d.out() / 8, d.bias());
            }
            return new Node(node.name(), layer, node.inputs());
        });
    }

    private static ModelSpec mapped(ModelSpec spec, UnaryOperator<Node> change) {
        return new ModelSpec(
                spec.architecture(),
                spec.input(),
                spec.nodes().stream().map(change).toList(),
                spec.auxiliaries());
    }
}
