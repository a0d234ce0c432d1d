package io.squadron.model;

import java.util.List;

/**
 * GoogLeNet as torchvision has it: with batch norms, and with 3x3 convolutions in the branch that the paper gives 5x5 ones.
 * Szegedy et al., arXiv:1409.4842; section 5 has the auxiliary heads and their weight 0.3.
 */
final class GoogLeNet {
    private static final float EPSILON = 1e-3f;
    private static final float MOMENTUM = 0.1f;
    private static final float DROP = 0.2f;
    private static final float AUXILIARY_DROP = 0.7f;
    private static final float AUXILIARY_WEIGHT = 0.3f;

    private final GraphBuilder graph = new GraphBuilder();
    private final ModelOptions options;

    private GoogLeNet(ModelOptions options) {
        this.options = options;
    }

    static ModelSpec build(String name, ModelOptions options) {
        return new GoogLeNet(options).build(name);
    }

    /** Output channels of the branches of one inception module; "reduced" is what a 1x1 convolution leaves before a 3x3. */
    private record Inception(int single, int reduced, int triple, int reducedTwo, int tripleTwo, int pooled) {
        int out() {
            return single + triple + tripleTwo + pooled;
        }
    }

    /** What leaves a node, and how many channels it has. */
    private record Wire(String node, int channels) {}

    private ModelSpec build(String name) {
        Wire x = pooled("maxpool2", 3, stem());
        x = inception("inception3a", new Inception(64, 96, 128, 16, 32, 32), x);
        x = inception("inception3b", new Inception(128, 128, 192, 32, 96, 64), x);
        x = pooled("maxpool3", 3, x);
        Wire first = inception("inception4a", new Inception(192, 96, 208, 16, 48, 64), x);
        x = inception("inception4b", new Inception(160, 112, 224, 24, 64, 64), first);
        x = inception("inception4c", new Inception(128, 128, 256, 24, 64, 64), x);
        Wire second = inception("inception4d", new Inception(112, 144, 288, 32, 64, 64), x);
        x = inception("inception4e", new Inception(256, 160, 320, 32, 128, 128), second);
        x = pooled("maxpool4", 2, x);
        x = inception("inception5a", new Inception(256, 160, 320, 32, 128, 128), x);
        x = inception("inception5b", new Inception(384, 192, 384, 48, 128, 128), x);
        List<ModelSpec.Auxiliary> auxiliaries = options.auxiliaryHeads() == AuxiliaryHeads.NONE
                ? List.of()
                : List.of(auxiliary("aux1", first), auxiliary("aux2", second));
        String pool = graph.add("avgpool", new Layer.GlobalAveragePool(), x.node());
        String dropped = graph.add("dropout", new Layer.Dropout(DROP), pool);
        graph.add("fc", new Layer.Dense(x.channels(), options.classes(), true), dropped);
        return graph.build(name, options.input(), auxiliaries);
    }

    private Wire stem() {
        Wire input = new Wire(ModelSpec.INPUT, options.input().channels());
        boolean small = options.stem() == ModelOptions.Stem.SMALL;
        Wire x = convolved("conv1", 64, small ? Layer.Window.square(3, 1, 1) : Layer.Window.square(7, 2, 3), input);
        x = small ? x : pooled("maxpool1", 3, x);
        x = convolved("conv2", 64, Layer.Window.square(1, 1, 0), x);
        return convolved("conv3", 192, Layer.Window.square(3, 1, 1), x);
    }

    private Wire inception(String name, Inception widths, Wire input) {
        Layer.Window point = Layer.Window.square(1, 1, 0);
        Layer.Window around = Layer.Window.square(3, 1, 1);
        Wire one = convolved(name + ".branch1", widths.single(), point, input);
        Wire two = convolved(name + ".branch2.0", widths.reduced(), point, input);
        two = convolved(name + ".branch2.1", widths.triple(), around, two);
        Wire three = convolved(name + ".branch3.0", widths.reducedTwo(), point, input);
        three = convolved(name + ".branch3.1", widths.tripleTwo(), around, three);
        String four = graph.add(name + ".branch4.0", new Layer.MaxPool(around, true), input.node());
        Wire last = convolved(name + ".branch4.1", widths.pooled(), point, new Wire(four, input.channels()));
        String all = graph.add(name, new Layer.Concat(), one.node(), two.node(), three.node(), last.node());
        return new Wire(all, widths.out());
    }

    private ModelSpec.Auxiliary auxiliary(String name, Wire input) {
        String pool = graph.add(name + ".pool", new Layer.AdaptiveAveragePool(4, 4), input.node());
        Wire wire = new Wire(pool, input.channels());
        String x = convolved(name + ".conv", 128, Layer.Window.square(1, 1, 0), wire)
                .node();
        x = graph.add(name + ".flatten", new Layer.Flatten(), x);
        x = graph.add(name + ".fc1", new Layer.Dense(128 * 4 * 4, 1024, true), x);
        x = graph.add(name + ".relu", new Layer.Relu(), x);
        x = graph.add(name + ".dropout", new Layer.Dropout(AUXILIARY_DROP), x);
        graph.add(name + ".fc2", new Layer.Dense(1024, options.classes(), true), x);
        return new ModelSpec.Auxiliary(name + ".fc2", AUXILIARY_WEIGHT);
    }

    private Wire pooled(String name, int kernel, Wire input) {
        Layer.MaxPool pool = new Layer.MaxPool(Layer.Window.square(kernel, 2, 0), true);
        return new Wire(graph.add(name, pool, input.node()), input.channels());
    }

    /** torchvision's BasicConv2d: convolution, batch norm, ReLU. */
    private Wire convolved(String name, int out, Layer.Window window, Wire input) {
        Layer.Convolution convolution = new Layer.Convolution(
                input.channels(), out, window, 1, options.variation().biases());
        String x = graph.add(name + ".conv", convolution, input.node());
        if (options.variation().norms() == Variation.Norms.ON) {
            x = graph.add(name + ".bn", new Layer.BatchNorm(out, EPSILON, MOMENTUM), x);
        }
        return new Wire(graph.add(name + ".relu", new Layer.Relu(), x), out);
    }
}
