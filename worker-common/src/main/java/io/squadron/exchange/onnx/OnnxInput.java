package io.squadron.exchange.onnx;

import io.squadron.exchange.ModelFacts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx;

/** How images enter the graph. */
final class OnnxInput {
    private static final float FULL = 255f;

    private OnnxInput() {}

    /** Declares the input and normalises it if asked; returns the name of what the network sees. */
    static String add(OnnxGraph graph, ModelFacts facts, Set<OnnxModel.Extra> extras) {
        int size = facts.size();
        if (!extras.contains(OnnxModel.Extra.PREPROCESSING)) {
            graph.input(OnnxModel.INPUT, Onnx.TensorProto.DataType.FLOAT, 3, size, size);
            return OnnxModel.INPUT;
        }
        graph.input(OnnxModel.PIXELS, Onnx.TensorProto.DataType.UINT8, size, size, 3);
        int channels = facts.normalisation().mean().size();
        graph.constant(
                "preprocessing.mean",
                List.of(1, channels, 1, 1),
                bytes(facts.normalisation().mean()));
        graph.constant(
                "preprocessing.std",
                List.of(1, channels, 1, 1),
                bytes(facts.normalisation().deviation()));
        int real = Onnx.TensorProto.DataType.FLOAT_VALUE;
        graph.node("Cast", "preprocessing.float", List.of(OnnxModel.PIXELS), Map.of("to", real));
        graph.node(
                "Transpose",
                "preprocessing.planes",
                List.of("preprocessing.float"),
                Map.of("perm", List.of(0, 3, 1, 2)));
        graph.node("Sub", "preprocessing.centred", List.of("preprocessing.planes", "preprocessing.mean"), Map.of());
        graph.node("Div", "preprocessing", List.of("preprocessing.centred", "preprocessing.std"), Map.of());
        return "preprocessing";
    }

    /** (x / 255 - m) / d = (x - 255 m) / (255 d): one operator less for each image. */
    private static float[] bytes(List<Float> values) {
        float[] scaled = new float[values.size()];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = FULL * values.get(i);
        }
        return scaled;
    }
}
