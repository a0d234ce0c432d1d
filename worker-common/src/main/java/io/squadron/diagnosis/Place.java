package io.squadron.diagnosis;

import io.squadron.model.Layer;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A layer with weights in its place.
 *
 * @param layer name of the convolution or dense layer
 * @param input the node whose output enters it
 * @param units the ReLU that its output ends in, perhaps behind a batch norm or an addition; empty where there is none
 */
public record Place(String layer, String input, String units) {
    /** All that lead to the logits, in the order of the network: what this calls depth. */
    public static List<Place> of(ModelSpec spec) {
        List<Node> path = spec.leadingTo(spec.output().name());
        Map<String, Node> nodes = new LinkedHashMap<>();
        path.forEach(node -> nodes.put(node.name(), node));
        Map<String, String> units = new LinkedHashMap<>();
        for (Node node : path) {
            if (node.layer() instanceof Layer.Relu) {
                units.putIfAbsent(weighted(nodes, node), node.name());
            }
        }
        return path.stream()
                .filter(Place::hasWeights)
                .map(node -> new Place(node.name(), node.inputs().get(0), units.getOrDefault(node.name(), "")))
                .toList();
    }

    /** The next layer with weights below {@code node}, along first inputs. */
    private static String weighted(Map<String, Node> nodes, Node node) {
        Node at = node;
        while (!hasWeights(at)) {
            String below = at.inputs().get(0);
            if (below.equals(ModelSpec.INPUT)) {
                return ModelSpec.INPUT;
            }
            at = nodes.get(below);
        }
        return at.name();
    }

    private static boolean hasWeights(Node node) {
        return node.layer() instanceof Layer.Convolution || node.layer() instanceof Layer.Dense;
    }
}
