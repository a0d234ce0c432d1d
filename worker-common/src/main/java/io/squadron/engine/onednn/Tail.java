package io.squadron.engine.onednn;

import io.squadron.model.Layer;
import io.squadron.model.Node;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is done together with a node, in the same sweep over memory: the nodes after it, of which each is the only one that
 * looks at the one before. A ReLU at the end; after a convolution to which no gradient flows also a batch norm and a sum.
 *
 * @param names the node and what is done together with it; the value of the last is what the sweep leaves
 * @param norm the batch norm whose running statistics and parameters scale and shift the channels
 * @param addend the node whose value is added
 * @param relu whether it ends with a ReLU
 */
record Tail(List<String> names, Optional<Node> norm, Optional<String> addend, boolean relu) {
    /** The longest for {@code node} at this point of the program. */
    static Tail of(Scene scene, Node node) {
        Tail bare = new Tail(List.of(node.name()), Optional.empty(), Optional.empty(), false);
        Layer layer = node.layer();
        if (layer instanceof Layer.Convolution) {
            return bare.withNorm(scene).withSum(scene).withRelu(scene);
        }
        return layer instanceof Layer.BatchNorm || layer instanceof Layer.Add ? bare.withRelu(scene) : bare;
    }

    String result() {
        return names.get(names.size() - 1);
    }

    private Tail withNorm(Scene scene) {
        return next(scene)
                .filter(node -> node.layer() instanceof Layer.BatchNorm)
                .filter(node ->
                        !scene.wiring().flows(node.name()) && !scene.wiring().trained(node.name()))
                .map(node -> new Tail(and(node), Optional.of(node), addend, relu))
                .orElse(this);
    }

    private Tail withSum(Scene scene) {
        return next(scene)
                .filter(node ->
                        node.layer() instanceof Layer.Add && node.inputs().size() == 2)
                .filter(node -> !scene.wiring().flows(node.name()))
                .filter(node -> scene.knows(other(node)))
                .map(node -> new Tail(and(node), norm, Optional.of(other(node)), relu))
                .orElse(this);
    }

    private Tail withRelu(Scene scene) {
        return next(scene)
                .filter(node -> node.layer() instanceof Layer.Relu)
                .map(node -> new Tail(and(node), norm, addend, true))
                .orElse(this);
    }

    private Optional<Node> next(Scene scene) {
        return scene.wiring().onlyReader(result());
    }

    private List<String> and(Node node) {
        return Stream.concat(names.stream(), Stream.of(node.name())).toList();
    }

    /** What {@code sum} adds to the value of this tail. */
    private String other(Node sum) {
        return sum.inputs().get(sum.inputs().get(0).equals(result()) ? 1 : 0);
    }
}
