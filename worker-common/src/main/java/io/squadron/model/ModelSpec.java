package io.squadron.model;

import io.squadron.failure.Failure;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A network: nodes in an order in which each comes after its inputs; the last one gives the logits (classes, 1, 1).
 *
 * @param architecture the name in the registry it was built from
 * @param input the shape of one image
 * @param auxiliaries further heads whose losses are added in training; evaluation leaves them out
 */
public record ModelSpec(String architecture, Shape input, List<Node> nodes, List<Auxiliary> auxiliaries)
        implements Serializable {
    /** The name under which nodes refer to the image. */
    public static final String INPUT = "input";

    public ModelSpec {
        nodes = List.copyOf(nodes);
        auxiliaries = List.copyOf(auxiliaries);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("Cannot make a model without nodes");
        }
    }

    /** A network with one head. */
    public ModelSpec(String architecture, Shape input, List<Node> nodes) {
        this(architecture, input, nodes, List.of());
    }

    /**
     * A head that only training looks at.
     *
     * @param node what gives its logits (classes, 1, 1)
     * @param weight what its loss is multiplied with before it is added
     */
    public record Auxiliary(String node, float weight) implements Serializable {}

    public Node output() {
        return nodes.get(nodes.size() - 1);
    }

    public int classes() {
        return shapes().get(output().name()).channels();
    }

    public Node node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> Failure.usage("Cannot find layer '%s' in %s: it has no such layer", name, architecture));
    }

    /** The shape that leaves each node, by name, {@link #INPUT} included; fails where a layer does not fit its input. */
    public Map<String, Shape> shapes() {
        return Shapes.of(this);
    }

    /** The table of all parameters and running statistics, in the order of torch's state dict. */
    public Layout layout() {
        return Layout.of(this);
    }

    /** The nodes on which {@code node} depends, in their order, itself last: all that its evaluation has to compute. */
    public List<Node> leadingTo(String node) {
        Set<String> needed = new HashSet<>(List.of(node(node).name()));
        List<Node> leading = new ArrayList<>();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (needed.contains(nodes.get(i).name())) {
                needed.addAll(nodes.get(i).inputs());
                leading.add(nodes.get(i));
            }
        }
        Collections.reverse(leading);
        return leading;
    }

    /** The same network for square images of another size; fails where a layer does not fit it. Weights stay as they are. */
    public ModelSpec withSize(int side) {
        if (input.height() == side && input.width() == side) {
            return this;
        }
        ModelSpec other = new ModelSpec(architecture, new Shape(input.channels(), side, side), nodes, auxiliaries);
        other.shapes();
        return other;
    }

    /** The same network with new heads for {@code classes} classes; everything below keeps its name and shape. */
    public ModelSpec withClasses(int classes) {
        Set<String> heads = new HashSet<>(List.of(output().name()));
        auxiliaries.forEach(auxiliary -> heads.add(auxiliary.node()));
        return mapped(node -> heads.contains(node.name()) ? withClasses(node, classes) : node);
    }

    /** The same network with {@code head} in the place of its last dense layer. */
    public ModelSpec withHead(Head head) {
        if (head instanceof Head.Linear) {
            return this;
        }
        return withLast(last -> head.inPlaceOf(last, dense(last)));
    }

    /** The same network with others in the place of its last node. */
    ModelSpec withLast(Function<Node, List<Node>> others) {
        List<Node> all = new ArrayList<>(nodes.subList(0, nodes.size() - 1));
        all.addAll(others.apply(output()));
        return new ModelSpec(architecture, input, all, auxiliaries);
    }

    /** The same network with each node changed. */
    ModelSpec mapped(UnaryOperator<Node> change) {
        return new ModelSpec(architecture, input, nodes.stream().map(change).toList(), auxiliaries);
    }

    private Node withClasses(Node head, int classes) {
        Layer.Dense dense = dense(head);
        return new Node(head.name(), new Layer.Dense(dense.in(), classes, dense.bias()), head.inputs());
    }

    private Layer.Dense dense(Node head) {
        if (!(head.layer() instanceof Layer.Dense dense)) {
            throw Failure.usage(
                    "Cannot replace the head of %s: its last layer '%s' is not dense", architecture, head.name());
        }
        return dense;
    }
}
