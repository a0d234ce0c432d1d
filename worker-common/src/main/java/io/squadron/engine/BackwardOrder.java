package io.squadron.engine;

import io.squadron.model.Freeze;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import io.squadron.model.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The order in which gradients become final: node by node from the head down to the image, within a node as the layout has
 * them. A function of the network and of what is frozen alone: all replicas, whatever their engine, agree on it.
 */
public final class BackwardOrder {
    private BackwardOrder() {}

    /** The trained slices of {@code spec}, those of the last node first. */
    public static List<Slice> of(ModelSpec spec, Freeze freeze) {
        List<Node> downwards = new ArrayList<>(spec.nodes());
        Collections.reverse(downwards);
        List<Slice> order = new ArrayList<>();
        for (Node node : downwards) {
            spec.layout().slices().stream()
                    .filter(slice -> slice.node().equals(node.name()))
                    .filter(slice -> slice.role().learned() && !freeze.holds(slice))
                    .forEach(order::add);
        }
        return order;
    }
}
