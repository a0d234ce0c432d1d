package io.squadron.engine.dl4j;

import io.squadron.model.Freeze;
import io.squadron.model.Role;
import io.squadron.model.Slice;
import io.squadron.model.Weights;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Copies convolutions and dense layers between the flat weights and Deeplearning4j's flat parameters. Within a tensor
 * both have the same order: [out, in, kh, kw] row by row, and [in, out] column by column, which is torch's [out, in].
 */
final class Parameters {
    private final ComputationGraph graph;
    private final List<Place> places;

    /** Where a slice lies in Deeplearning4j's vector, and whether its gradient is wanted. */
    private record Place(Slice slice, int at, boolean trained) {}

    Parameters(ComputationGraph graph, Weights weights, Freeze freeze) {
        this.graph = graph;
        this.places = new ArrayList<>();
        for (Slice slice : weights.layout().slices()) {
            if (inGraph(slice.role())) {
                places.add(new Place(slice, offset(slice), !freeze.holds(slice)));
            }
        }
    }

    private static boolean inGraph(Role role) {
        return role == Role.CONVOLUTION_WEIGHT || role == Role.DENSE_WEIGHT || role == Role.BIAS;
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
