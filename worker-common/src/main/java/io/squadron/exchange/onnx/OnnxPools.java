package io.squadron.exchange.onnx;

import io.squadron.exchange.Bins;
import io.squadron.model.Layer;
import io.squadron.model.Node;
import io.squadron.model.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pools as operators. Where a window may hang over the edge, the graph says how far and not {@code ceil_mode}: runtimes
 * disagree on whether a window may begin beyond the image.
 */
record OnnxPools(OnnxGraph graph, Map<String, Shape> shapes) {
    /** Adds {@code node} and returns what carries its result. */
    String add(Node node, String input) {
        Layer layer = node.layer();
        if (layer instanceof Layer.MaxPool p) {
            Map<String, Object> attributes = new HashMap<>(window(p.window()));
            attributes.put("pads", pads(p.window(), overhang(node, p.window())));
            graph.node("MaxPool", node.name(), List.of(input), attributes);
        } else if (layer instanceof Layer.AveragePool p) {
            average(node, p.window(), input);
        } else if (layer instanceof Layer.GlobalAveragePool) {
            graph.node("GlobalAveragePool", node.name(), List.of(input), Map.of());
        } else if (layer instanceof Layer.AdaptiveAveragePool p) {
            return adaptive(node, p, input);
        } else {
            throw new IllegalStateException("Cannot write layer '%s': %s is unknown".formatted(node.name(), layer));
        }
        return node.name();
    }

    static Map<String, Object> window(Layer.Window w) {
        return Map.of(
                "kernel_shape", List.of(w.kernelHeight(), w.kernelWidth()),
                "strides", List.of(w.strideHeight(), w.strideWidth()));
    }

    private static List<Integer> pads(Layer.Window w, Overhang over) {
        return List.of(w.padHeight(), w.padWidth(), w.padHeight() + over.down(), w.padWidth() + over.across());
    }

    /** How far the last windows reach beyond image and padding. */
    private record Overhang(int down, int across) {}

    private Overhang overhang(Node node, Layer.Window w) {
        Shape in = shapes.get(node.inputs().get(0));
        Shape out = shapes.get(node.name());
        int down = (out.height() - 1) * w.strideHeight() + w.kernelHeight() - in.height() - 2 * w.padHeight();
        int across = (out.width() - 1) * w.strideWidth() + w.kernelWidth() - in.width() - 2 * w.padWidth();
        return new Overhang(Math.max(0, down), Math.max(0, across));
    }

    /** Zeros of the padding count, what hangs over does not: so the zeros are put there by an operator of their own. */
    private void average(Node node, Layer.Window w, String input) {
        Map<String, Object> attributes = new HashMap<>(window(w));
        Overhang over = overhang(node, w);
        attributes.put("pads", List.of(0, 0, over.down(), over.across()));
        String padded = input;
        if (w.padHeight() > 0 || w.padWidth() > 0) {
            padded = node.name() + ".padded";
            int h = w.padHeight();
            int v = w.padWidth();
            graph.constant(padded + ".pads", 0, 0, h, v, 0, 0, h, v);
            graph.node("Pad", padded, List.of(input, padded + ".pads"), Map.of());
        }
        graph.node("AveragePool", node.name(), List.of(padded), attributes);
    }

    /** Means over bins of rows, then over bins of columns: two products with constant matrices, if windows cannot do it. */
    private String adaptive(Node node, Layer.AdaptiveAveragePool p, String input) {
        Shape in = shapes.get(node.inputs().get(0));
        if (in.height() == p.height() && in.width() == p.width()) {
            return input;
        }
        if (in.height() % p.height() == 0 && in.width() % p.width() == 0) {
            List<Integer> sides = List.of(in.height() / p.height(), in.width() / p.width());
            graph.node("AveragePool", node.name(), List.of(input), Map.of("kernel_shape", sides, "strides", sides));
            return node.name();
        }
        String rows = node.name() + ".rows";
        graph.constant(rows + ".bins", List.of(p.height(), in.height()), Bins.matrix(in.height(), p.height()));
        graph.node("MatMul", rows, List.of(rows + ".bins", input), Map.of());
        String columns = node.name() + ".columns.bins";
        graph.constant(columns, List.of(in.width(), p.width()), Bins.transposed(in.width(), p.width()));
        graph.node("MatMul", node.name(), List.of(rows, columns), Map.of());
        return node.name();
    }
}
