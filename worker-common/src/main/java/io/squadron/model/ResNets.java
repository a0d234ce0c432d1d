package io.squadron.model;

/**
 * Residual networks as torchvision has them ("v1.5": the stride of a bottleneck sits on its 3x3 convolution).
 * He et al., arXiv:1512.03385; wide ones: Zagoruyko and Komodakis, arXiv:1605.07146; with grouped convolutions
 * (ResNeXt): Xie et al., arXiv:1611.05431.
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

    /**
     * The inside of a bottleneck.
     *
     * @param groups of its 3x3 convolution
     * @param base inner channels where the plain network has 64
     */
    private record Width(int groups, int base) {
        private static final Width PLAIN = new Width(1, 64);

        int of(int inner) {
            return inner / 64 * base;
        }
    }

    static ModelSpec basic(String name, ModelOptions options, int... depths) {
        return build(name, options, Block.BASIC, Width.PLAIN, depths);
    }

    static ModelSpec bottleneck(String name, ModelOptions options, int... depths) {
        return build(name, options, Block.BOTTLENECK, Width.PLAIN, depths);
    }

    /** Twice as many channels inside each bottleneck. */
    static ModelSpec wide(String name, ModelOptions options, int... depths) {
        return build(name, options, Block.BOTTLENECK, new Width(1, 128), depths);
    }

    /** 32 groups of 4 channels inside the first bottlenecks, of 8, 16 and 32 inside the later ones. */
    static ModelSpec grouped(String name, ModelOptions options, int... depths) {
        return build(name, options, Block.BOTTLENECK, new Width(32, 128), depths);
    }

    private static ModelSpec build(String name, ModelOptions options, Block block, Width width, int[] depths) {
        GraphBuilder graph = new GraphBuilder();
        String x = stem(graph, options);
        int in = 64;
        int number = 0;
        int blocks = java.util.Arrays.stream(depths).sum();
        for (int stage = 0; stage < depths.length; stage++) {
            int inner = 64 << stage;
            for (int index = 0; index < depths[stage]; index++) {
                int stride = stage > 0 && index == 0 ? 2 : 1;
                Place place = new Place(
                        "layer" + (stage + 1) + "." + index,
                        in,
                        inner,
                        stride,
                        new Fate(options.variation(), ++number / (float) blocks));
                x = block == Block.BASIC ? basicBlock(graph, place, x) : bottleneckBlock(graph, place, width, x);
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
                "conv1",
                new Layer.Convolution(
                        options.input().channels(),
                        64,
                        window,
                        1,
                        options.variation().biases()),
                ModelSpec.INPUT);
        x = normalised(graph, options.variation(), "bn1", 64, x);
        x = graph.add("relu", new Layer.Relu(), x);
        return small ? x : graph.add("maxpool", new Layer.MaxPool(Layer.Window.square(3, 2, 1), false), x);
    }

    /**
     * How a block departs from what was published.
     *
     * @param depth of the block, above 0 and up to 1
     */
    private record Fate(Variation variation, float depth) {
        float drop() {
            return variation.stochasticDepth() * depth;
        }
    }

    /** Where a block stands: its path, input channels, inner channels and stride. */
    private record Place(String path, int in, int inner, int stride, Fate fate) {
        Variation variation() {
            return fate.variation();
        }

        String at(String name) {
            return path + "." + name;
        }
    }

    private static String basicBlock(GraphBuilder graph, Place place, String input) {
        String x = convolved(graph, place, 1, new Convolved(place.in(), place.inner(), 3, place.stride(), 1), input);
        x = graph.add(place.at("relu1"), new Layer.Relu(), x);
        x = convolved(graph, place, 2, new Convolved(place.inner(), place.inner(), 3, 1, 1), x);
        return joined(graph, place, place.inner(), x, input);
    }

    private static String bottleneckBlock(GraphBuilder graph, Place place, Width width, String input) {
        int out = place.inner() * Block.BOTTLENECK.expansion;
        int inner = width.of(place.inner());
        String x = convolved(graph, place, 1, new Convolved(place.in(), inner, 1, 1, 1), input);
        x = graph.add(place.at("relu1"), new Layer.Relu(), x);
        x = convolved(graph, place, 2, new Convolved(inner, inner, 3, place.stride(), width.groups()), x);
        x = graph.add(place.at("relu2"), new Layer.Relu(), x);
        x = convolved(graph, place, 3, new Convolved(inner, out, 1, 1, 1), x);
        return joined(graph, place, out, x, input);
    }

    /** A convolution that keeps the size of the image but for its stride. */
    private record Convolved(int in, int out, int kernel, int stride, int groups) {
        Layer.Convolution layer(Variation variation) {
            Layer.Window window = Layer.Window.square(kernel, stride, kernel / 2);
            return new Layer.Convolution(in, out, window, groups, variation.biases());
        }
    }

    private static String convolved(GraphBuilder graph, Place place, int number, Convolved what, String input) {
        String x = graph.add(place.at("conv" + number), what.layer(place.variation()), input);
        return normalised(graph, place.variation(), place.at("bn" + number), what.out(), x);
    }

    private static String joined(GraphBuilder graph, Place place, int out, String branch, String input) {
        if (place.variation().skips() == Variation.Skips.OFF) {
            return graph.add(place.at("relu"), new Layer.Relu(), branch);
        }
        float drop = place.fate().drop();
        String kept =
                drop == 0 ? branch : graph.add(place.at("stochastic_depth"), new Layer.StochasticDepth(drop), branch);
        String shortcut = input;
        if (place.stride() != 1 || place.in() != out) {
            Layer.Window window = Layer.Window.square(1, place.stride(), 0);
            shortcut = graph.add(
                    place.at("downsample.0"),
                    new Layer.Convolution(
                            place.in(), out, window, 1, place.variation().biases()),
                    input);
            shortcut = normalised(graph, place.variation(), place.at("downsample.1"), out, shortcut);
        }
        String sum = graph.add(place.at("add"), new Layer.Add(), kept, shortcut);
        return graph.add(place.at("relu"), new Layer.Relu(), sum);
    }

    private static String normalised(GraphBuilder graph, Variation variation, String name, int channels, String input) {
        return variation.norms() == Variation.Norms.OFF ? input : graph.add(name, Layer.BatchNorm.of(channels), input);
    }
}
