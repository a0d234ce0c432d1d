package io.squadron.model;

import io.squadron.failure.Failure;

/** The networks of Simonyan and Zisserman, arXiv:1409.1556, as torchvision has them, with and without batch norms. */
final class Vggs {
    private static final Layer.MaxPool POOL = new Layer.MaxPool(Layer.Window.square(2, 2, 0), false);
    private static final int POOLS = 5;
    private static final float DROP = 0.5f;

    private Vggs() {}

    /** How many 3x3 convolutions stand before each pool; with three dense layers they give the network its number. */
    enum Depth {
        VGG11(1, 2),
        VGG13(2, 2),
        VGG16(2, 3),
        VGG19(2, 4);

        /** Before each of the first two pools, and before each of the last three. */
        private final int early;

        private final int late;

        Depth(int early, int late) {
            this.early = early;
            this.late = late;
        }

        int before(int pool) {
            return pool < 2 ? early : late;
        }
    }

    private enum Norm {
        NONE,
        BATCH
    }

    static ModelSpec plain(String name, ModelOptions options, Depth depth) {
        return build(name, options, depth, Norm.NONE);
    }

    static ModelSpec normalised(String name, ModelOptions options, Depth depth) {
        return build(name, options, depth, options.variation().biases() ? Norm.NONE : Norm.BATCH);
    }

    private static ModelSpec build(String name, ModelOptions options, Depth depth, Norm norm) {
        if (options.stem() == ModelOptions.Stem.SMALL) {
            throw Failure.usage(
                    "Cannot build %s with the small-image stem: it begins with 3x3 convolutions of stride 1 as published. "
                            + "Set stem = standard",
                    name);
        }
        GraphBuilder graph = new GraphBuilder();
        String x = features(graph, options.input().channels(), depth, norm);
        x = graph.add("avgpool", new Layer.AdaptiveAveragePool(7, 7), x);
        classifier(graph, options.classes(), graph.add("flatten", new Layer.Flatten(), x));
        return graph.build(name, options.input());
    }

    /** Convolutions, norms, ReLUs and pools are numbered through, as in torchvision's sequence. */
    private static String features(GraphBuilder graph, int channels, Depth depth, Norm norm) {
        String x = ModelSpec.INPUT;
        int in = channels;
        int index = 0;
        for (int block = 0; block < POOLS; block++) {
            int out = Math.min(64 << block, 512);
            for (int i = 0; i < depth.before(block); i++) {
                Layer.Window window = Layer.Window.square(3, 1, 1);
                x = graph.add("features." + index++, new Layer.Convolution(in, out, window, 1, true), x);
                x = norm == Norm.NONE ? x : graph.add("features." + index++, Layer.BatchNorm.of(out), x);
                x = graph.add("features." + index++, new Layer.Relu(), x);
                in = out;
            }
            x = graph.add("features." + index++, POOL, x);
        }
        return x;
    }

    private static void classifier(GraphBuilder graph, int classes, String input) {
        String x = graph.add("classifier.0", new Layer.Dense(512 * 7 * 7, 4096, true), input);
        x = graph.add("classifier.1", new Layer.Relu(), x);
        x = graph.add("classifier.2", new Layer.Dropout(DROP), x);
        x = graph.add("classifier.3", new Layer.Dense(4096, 4096, true), x);
        x = graph.add("classifier.4", new Layer.Relu(), x);
        x = graph.add("classifier.5", new Layer.Dropout(DROP), x);
        graph.add("classifier.6", new Layer.Dense(4096, classes, true), x);
    }
}
