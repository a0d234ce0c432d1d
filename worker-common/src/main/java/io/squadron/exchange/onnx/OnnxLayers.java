package io.squadron.exchange.onnx;

import io.squadron.exchange.NamedFloats;
import io.squadron.failure.Failure;
import io.squadron.model.Layer;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import io.squadron.model.Shape;
import io.squadron.model.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes one layer after another as operators, under the names of the nodes; the weights keep their own names. */
final class OnnxLayers {
    private final OnnxGraph graph;
    private final Map<String, NamedFloats> tensors;
    private final Map<String, Shape> shapes;
    /** By node, what carries its result: a dropout is but another name for what enters it. */
    private final Map<String, String> wires = new HashMap<>();

    /** Wires that are (batch, features) rather than (batch, channels, height, width). */
    private final Set<String> flat = new HashSet<>();

    OnnxLayers(OnnxGraph graph, Weights weights, Map<String, Shape> shapes, String input) {
        this.graph = graph;
        this.tensors =
                NamedFloats.of(weights).stream().collect(Collectors.toMap(NamedFloats::name, Function.identity()));
        this.shapes = shapes;
        wires.put(ModelSpec.INPUT, input);
    }

    /** What carries the result of {@code node}. */
    String wire(String node) {
        return wires.get(node);
    }

    void add(Node node) {
        Layer layer = node.layer();
        if (layer instanceof Layer.Convolution c) {
            convolution(node, c);
        } else if (layer instanceof Layer.BatchNorm b) {
            List<String> weights = List.of("weight", "bias", "running_mean", "running_var");
            operator(node, "BatchNormalization", weighted(node, weights), Map.of("epsilon", b.epsilon()));
        } else if (layer instanceof Layer.Relu) {
            operator(node, "Relu", inputs(node), Map.of());
        } else if (layer instanceof Layer.Add) {
            operator(node, "Sum", inputs(node), Map.of());
        } else if (layer instanceof Layer.Concat) {
            operator(node, "Concat", inputs(node), Map.of("axis", 1));
        } else if (layer instanceof Layer.Dropout) {
            wires.put(node.name(), inputs(node).get(0));
        } else if (layer instanceof Layer.Flatten) {
            wires.put(node.name(), flattened(inputs(node).get(0)));
        } else if (layer instanceof Layer.Dense d) {
            dense(node, d);
        } else if (layer instanceof Layer.LocalResponseNorm n) {
            responseNorm(node, n);
        } else {
            wires.put(node.name(), pools().add(node, inputs(node).get(0)));
        }
    }

    private OnnxPools pools() {
        return new OnnxPools(graph, shapes);
    }

    private void convolution(Node node, Layer.Convolution c) {
        Layer.Window w = c.window();
        Map<String, Object> attributes = new HashMap<>(OnnxPools.window(w));
        attributes.put("pads", List.of(w.padHeight(), w.padWidth(), w.padHeight(), w.padWidth()));
        attributes.put("group", c.groups());
        operator(node, "Conv", weighted(node, c.bias() ? List.of("weight", "bias") : List.of("weight")), attributes);
    }

    private void dense(Node node, Layer.Dense d) {
        List<String> inputs = weighted(node, d.bias() ? List.of("weight", "bias") : List.of("weight"));
        inputs.set(0, flattened(inputs.get(0)));
        operator(node, "Gemm", inputs, Map.of("transB", 1));
        flat.add(node.name());
    }

    /** The operator's window reaches one channel further up where the size is even; torch's one further down. */
    private void responseNorm(Node node, Layer.LocalResponseNorm n) {
        if (n.size() % 2 == 0) {
            throw Failure.usage(
                    "Cannot write layer '%s' as ONNX: its window has %d channels (expected an odd number)",
                    node.name(), n.size());
        }
        operator(
                node,
                "LRN",
                inputs(node),
                Map.of("size", n.size(), "alpha", n.alpha(), "beta", n.beta(), "bias", n.k()));
    }

    private String flattened(String wire) {
        if (flat.contains(wire)) {
            return wire;
        }
        String name = wire + ".flattened";
        graph.node("Flatten", name, List.of(wire), Map.of("axis", 1));
        flat.add(name);
        return name;
    }

    private void operator(Node node, String operator, List<String> inputs, Map<String, Object> attributes) {
        graph.node(operator, node.name(), inputs, attributes);
        wires.put(node.name(), node.name());
        if (flat.contains(inputs.get(0))) {
            flat.add(node.name());
        }
    }

    private List<String> inputs(Node node) {
        return node.inputs().stream().map(wires::get).toList();
    }

    /** What enters the node, then its weights, which become constants of the graph. */
    private List<String> weighted(Node node, List<String> names) {
        List<String> all = new ArrayList<>(inputs(node));
        for (String name : names) {
            NamedFloats tensor = tensors.get(node.name() + "." + name);
            graph.constant(tensor);
            all.add(tensor.name());
        }
        return all;
    }
}
