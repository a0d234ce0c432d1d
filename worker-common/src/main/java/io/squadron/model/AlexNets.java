package io.squadron.model;

/**
 * AlexNet as torchvision has it: the one column of Krizhevsky, arXiv:1404.5997, without local response norms; and the same
 * layers and names with the norms of Krizhevsky, Sutskever and Hinton 2012, section 3.3, after its first two ReLUs.
 */
final class AlexNets {
    /** The paper's k = 2, n = 5, alpha = 1e-4, beta = 0.75; the layer divides its alpha by n, the paper does not. */
    private static final Layer.LocalResponseNorm RESPONSE_NORM = new Layer.LocalResponseNorm(5, 5e-4f, 0.75f, 2f);

    private static final Layer.MaxPool POOL = new Layer.MaxPool(Layer.Window.square(3, 2, 0), false);
    private static final float DROP = 0.5f;

    private AlexNets() {}

    private enum Norm {
        NONE,
        RESPONSE
    }

    static ModelSpec plain(String name, ModelOptions options) {
        return build(name, options, Norm.NONE);
    }

    static ModelSpec responseNormalised(String name, ModelOptions options) {
        return build(name, options, Norm.RESPONSE);
    }

    private static ModelSpec build(String name, ModelOptions options, Norm norm) {
        boolean small = options.stem() == ModelOptions.Stem.SMALL;
        GraphBuilder graph = new GraphBuilder();
        Layer.Window first = small ? Layer.Window.square(3, 1, 1) : Layer.Window.square(11, 4, 2);
        String x = convolved(graph, 0, options.input().channels(), 64, first, ModelSpec.INPUT);
        x = normalised(graph, norm, 1, x);
        x = small ? x : graph.add("features.2", POOL, x);
        x = convolved(graph, 3, 64, 192, Layer.Window.square(5, 1, 2), x);
        x = normalised(graph, norm, 2, x);
        x = graph.add("features.5", POOL, x);
        x = convolved(graph, 6, 192, 384, Layer.Window.square(3, 1, 1), x);
        x = convolved(graph, 8, 384, 256, Layer.Window.square(3, 1, 1), x);
        x = convolved(graph, 10, 256, 256, Layer.Window.square(3, 1, 1), x);
        x = graph.add("features.12", POOL, x);
        x = graph.add("avgpool", new Layer.AdaptiveAveragePool(6, 6), x);
        classifier(graph, options.classes(), graph.add("flatten", new Layer.Flatten(), x));
        return graph.build(name, options.input());
    }

    private static void classifier(GraphBuilder graph, int classes, String input) {
        String x = graph.add("classifier.0", new Layer.Dropout(DROP), input);
        x = graph.add("classifier.1", new Layer.Dense(256 * 6 * 6, 4096, true), x);
        x = graph.add("classifier.2", new Layer.Relu(), x);
        x = graph.add("classifier.3", new Layer.Dropout(DROP), x);
        x = graph.add("classifier.4", new Layer.Dense(4096, 4096, true), x);
        x = graph.add("classifier.5", new Layer.Relu(), x);
        graph.add("classifier.6", new Layer.Dense(4096, classes, true), x);
    }

    /** The convolution number {@code index} of torchvision's sequence, and the ReLU behind it. */
    private static String convolved(GraphBuilder graph, int index, int in, int out, Layer.Window window, String input) {
        String x = graph.add("features." + index, new Layer.Convolution(in, out, window, 1, true), input);
        return graph.add("features." + (index + 1), new Layer.Relu(), x);
    }

    private static String normalised(GraphBuilder graph, Norm norm, int number, String input) {
        return norm == Norm.NONE ? input : graph.add("norm" + number, RESPONSE_NORM, input);
    }
}
