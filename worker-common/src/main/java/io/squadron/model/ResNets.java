package io.squadron.model;

/**
 * Residual networks as torchvision has them ("v1.5": the stride of a bottleneck sits on its 3x3 convolution).
 * He et al., arXiv:1512.03385.
 */
final class ResNets {
    private ResNets() {}

    /** How many times wider than its inner channels a block's output is, and which block that is. */
    private enum Block {
        BASIC(1),
        BOTTLENECK(4);

        private final int expansion;

        Block(int expansion) {
            this.expansion = expansion;
        }
    }

    static ModelSpec basic(String name, ModelOptions options, int... depths) {
        return build(name, options, Block.BASIC, depths);
    }

    static ModelSpec bottleneck(String name, ModelOptions options, int... depths) {
        return build(name, options, Block.BOTTLENECK, depths);
    }

    private static ModelSpec build(String name, ModelOptions options, Block block, int[] depths) {
        GraphBuilder graph = new GraphBuilder();
        String x = stem(graph, options);
        int in = 64;
        for (int stage = 0; stage < depths.length; stage++) {
            int inner = 64 << stage;
            for (int index = 0; index < depths[stage]; index++) {
                int stride = stage > 0 && index == 0 ? 2 : 1;
                Place place = new Place("layer" + (stage + 1) + "." + index, in, inner, stride);
                x = block == Block.BASIC ? basicBlock(graph, place, x) : bottleneckBlock(graph, place, x);
                in = inner * block.expansion;
            }
        }
        x = graph.add("avgpool", new Layer.GlobalAveragePool(), x);
        graph.add("fc", new Layer.Dense(in, options.classes(), true), x);
        return graph.build(name, options.input());
    }

    private static String stem(GraphBuilder graph, ModelOptions options) {
        boolean small = options.stem() == ModelOptions.Stem.SMALL;
        Layer.Window window = small ? Layer.Window.square(3, 1, 1) : Layer.Window.square(7, 2, 3);
        String x = graph.add(
                "conv1", new Layer.Convolution(options.input().channels(), 64, window, 1, false), ModelSpec.INPUT);
        x = normalised(graph, "bn1", 64, x);
        x = graph.add("relu", new Layer.Relu(), x);
        return small ? x : graph.add("maxpool", new Layer.MaxPool(Layer.Window.square(3, 2, 1), false), x);
    }

    /** Where a block stands: its path, input channels, inner channels and stride. */
    private record Place(String path, int in, int inner, int stride) {
        String at(String name) {
            return path + "." + name;
        }
    }

    private static String basicBlock(GraphBuilder graph, Place place, String input) {
        String x = convolved(graph, place, 1, place.in(), place.inner(), 3, place.stride(), input);
        x = graph.add(place.at("relu1"), new Layer.Relu(), x);
        x = convolved(graph, place, 2, place.inner(), place.inner(), 3, 1, x);
        return joined(graph, place, place.inner(), x, input);
    }

    private static String bottleneckBlock(GraphBuilder graph, Place place, String input) {
        int out = place.inner() * Block.BOTTLENECK.expansion;
        String x = convolved(graph, place, 1, place.in(), place.inner(), 1, 1, input);
        x = graph.add(place.at("relu1"), new Layer.Relu(), x);
        x = convolved(graph, place, 2, place.inner(), place.inner(), 3, place.stride(), x);
        x = graph.add(place.at("relu2"), new Layer.Relu(), x);
        x = convolved(graph, place, 3, place.inner(), out, 1, 1, x);
        return joined(graph, place, out, x, input);
    }

    private static String convolved(
            GraphBuilder graph, Place place, int number, int in, int out, int kernel, int stride, String input) {
        Layer.Window window = Layer.Window.square(kernel, stride, kernel / 2);
        String x = graph.add(place.at("conv" + number), new Layer.Convolution(in, out, window, 1, false), input);
        return normalised(graph, place.at("bn" + number), out, x);
    }

    private static String joined(GraphBuilder graph, Place place, int out, String branch, String input) {
        String shortcut = input;
        if (place.stride() != 1 || place.in() != out) {
            Layer.Window window = Layer.Window.square(1, place.stride(), 0);
            shortcut = graph.add(
                    place.at("downsample.0"), new Layer.Convolution(place.in(), out, window, 1, false), input);
            shortcut = normalised(graph, place.at("downsample.1"), out, shortcut);
        }
        String sum = graph.add(place.at("add"), new Layer.Add(), branch, shortcut);
        return graph.add(place.at("relu"), new Layer.Relu(), sum);
    }

    private static String normalised(GraphBuilder graph, String name, int channels, String input) {
        return graph.add(name, Layer.BatchNorm.of(channels), input);
    }
}
