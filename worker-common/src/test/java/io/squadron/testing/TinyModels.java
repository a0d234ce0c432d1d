package io.squadron.testing;

import io.squadron.model.Layer;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import io.squadron.model.Shape;
import java.util.List;

/** Networks with a residual block, batch norms and a pool that compute in milliseconds. */
public final class TinyModels {
    /** The images that the tiny networks take. */
    public static final Shape IMAGE = new Shape(3, 8, 8);

    private TinyModels() {}

    /** conv1, bn1, pool; then a block with a shortcut; then the head. */
    public static ModelSpec residual(int classes) {
        return new ModelSpec(
                "tiny-residual",
                IMAGE,
                List.of(
                        node("conv1", new Layer.Convolution(3, 4, Layer.Window.square(3, 1, 1), 1, false), "input"),
                        node("bn1", Layer.BatchNorm.of(4), "conv1"),
                        node("maxpool", new Layer.MaxPool(Layer.Window.square(3, 2, 1), false), "bn1"),
                        node(
                                "layer1.conv1",
                                new Layer.Convolution(4, 6, Layer.Window.square(3, 2, 1), 1, true),
                                "maxpool"),
                        node("layer1.bn1", Layer.BatchNorm.of(6), "layer1.conv1"),
                        node("layer1.relu", new Layer.Relu(), "layer1.bn1"),
                        node(
                                "layer1.down",
                                new Layer.Convolution(4, 6, Layer.Window.square(1, 2, 0), 1, false),
                                "maxpool"),
                        node("layer1.bn2", Layer.BatchNorm.of(6), "layer1.down"),
                        node("layer1.add", new Layer.Add(), "layer1.relu", "layer1.bn2"),
                        node("avgpool", new Layer.GlobalAveragePool(), "layer1.add"),
                        node("fc", new Layer.Dense(6, classes, true), "avgpool")));
    }

    /** Without batch norm: samples do not see each other. With a join of channels, pools of means and a flattening. */
    public static ModelSpec plain(int classes) {
        return new ModelSpec(
                "tiny-plain",
                IMAGE,
                List.of(
                        node("conv1", new Layer.Convolution(3, 4, Layer.Window.square(3, 1, 1), 1, true), "input"),
                        node("conv2", new Layer.Convolution(3, 2, Layer.Window.square(5, 1, 2), 1, true), "input"),
                        node("concat", new Layer.Concat(), "conv1", "conv2"),
                        node("mean", new Layer.AveragePool(Layer.Window.square(3, 2, 1), false), "concat"),
                        node("bins", new Layer.AdaptiveAveragePool(3, 3), "mean"),
                        node("flatten", new Layer.Flatten(), "bins"),
                        node("fc", new Layer.Dense(54, classes, true), "flatten")));
    }

    private static Node node(String name, Layer layer, String... inputs) {
        return new Node(name, layer, List.of(inputs));
    }
}
