package io.squadron.engine.dl4j;

import io.squadron.model.Freeze;
import io.squadron.model.Layer;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import io.squadron.model.Role;
import io.squadron.model.Slice;
import io.squadron.model.Weights;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Copies dense layers between the flat weights and Deeplearning4j's flat parameters. Within a tensor
 * both have the same order: [in, out] column by column is torch's [out, in].
 */
final class Parameters {
    private final ComputationGraph graph;
    private final List<Place> places;

    /** Where a slice lies in Deeplearning4j's vector, and whether its gradient is wanted. */
    private record Place(Slice slice, int at, boolean trained) {}

    Parameters(ComputationGraph graph, ModelSpec spec, Weights weights, Freeze freeze) {
        this.graph = graph;
        this.places = new ArrayList<>();
        Set<String> dense = spec.nodes().stream()
                .filter(node -> node.layer() instanceof Layer.Dense)
                .map(Node::name)
                .collect(Collectors.toSet());
        for (Slice slice : weights.layout().slices()) {
            if (dense.contains(slice.node())) {
                places.add(new Place(slice, offset(slice), !freeze.holds(slice)));
            }
        }
    }

    private int offset(Slice slice) {
        String key = slice.role() == Role.BIAS ? "b" : "W";
        INDArray tensor = graph.getLayer(slice.node()).getParam(key);
        if (tensor == null || tensor.length() != slice.length()) {
            throw new IllegalStateException("Cannot place '%s' in the graph: its layer has no such tensor of %d"
                    .formatted(slice.name(), slice.length()));
        }
        return Math.toIntExact(tensor.offset() - graph.params().offset());
    }

    /** Weights into the graph. */
    void load(float[] values) {
        if (places.isEmpty()) {
            return;
        }
        FloatBuffer native32 = NativeFloats.view(graph.params(), graph.params().length());
        for (Place place : places) {
            native32.put(
                    place.at(), values, place.slice().offset(), place.slice().length());
        }
    }

    /** What backward left in the graph into {@code gradient}; slices that are frozen are not touched. */
    void storeGradient(float[] gradient) {
        if (places.isEmpty()) {
            return;
        }
        INDArray flat = graph.getFlattenedGradients();
        FloatBuffer native32 = NativeFloats.view(flat, flat.length());
        for (Place place : places) {
            if (place.trained()) {
                native32.get(
                        place.at(),
                        gradient,
                        place.slice().offset(),
                        place.slice().length());
            }
        }
    }
}
