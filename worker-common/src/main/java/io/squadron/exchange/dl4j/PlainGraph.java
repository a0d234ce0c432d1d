package io.squadron.exchange.dl4j;

import io.squadron.exchange.PortableModel;
import io.squadron.failure.Failure;
import io.squadron.model.Layer;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import io.squadron.model.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * Writes a network down in Deeplearning4j's own layers, under the names of the nodes. What they lack is put into the weights:
 * grouped convolutions become whole ones with zeros between the groups, and an adaptive average over uneven bins becomes part
 * of the dense layer behind it. Dropouts are left out.
 */
final class PlainGraph {
    static final String OUTPUT = "probabilities";

    private final PortableModel model;
    private final ModelSpec spec;
    private final Map<String, Shape> shapes;
    private final Map<String, String> wires = new HashMap<>();
    private final Set<String> flat = new HashSet<>();
    /** Nodes whose values are never below zero: there, padding with zeros is padding with nothing for a maximum. */
    private final Set<String> positive = new HashSet<>();

    private final List<Node> weighted = new ArrayList<>();

    /** Average pools whose work the next dense layer does, by each node behind them. */
    private final Map<String, Node> owed = new HashMap<>();

    /** The same pools, by the dense layers that do their work. */
    private final Map<String, Node> paid = new HashMap<>();

    private final GraphBuilder graph;

    private PlainGraph(PortableModel model) {
        this.model = model;
        this.spec = model.facts().spec();
        this.shapes = spec.shapes();
        this.graph = new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .weightInit(WeightInit.ZERO)
                .activation(Activation.IDENTITY)
                .updater(new NoOp())
                .graphBuilder();
    }

    static ComputationGraph of(PortableModel model) {
        return new PlainGraph(model).build();
    }

    private ComputationGraph build() {
        graph.addInputs(ModelSpec.INPUT);
        wires.put(ModelSpec.INPUT, ModelSpec.INPUT);
        spec.leadingTo(spec.output().name()).forEach(this::add);
        LossLayer loss = new LossLayer.Builder(LossFunctions.LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .build();
        graph.addLayer(OUTPUT, loss, wires.get(spec.output().name()));
        ComputationGraph network = new ComputationGraph(
                graph.setOutputs(OUTPUT).validateOutputLayerConfig(false).build());
        network.init();
        PlainWeights weights = new PlainWeights(model.weights(), shapes);
        weighted.forEach(
                node -> weights.fill(network.getLayer(node.name()), node, Optional.ofNullable(paid.get(node.name()))));
        return network;
    }

    private void add(Node node) {
        Layer layer = node.layer();
        if (layer instanceof Layer.Convolution c) {
            weighted(node, convolution(c));
        } else if (layer instanceof Layer.BatchNorm b) {
            weighted(
                    node,
                    new BatchNormalization.Builder()
                            .nIn(b.channels())
                            .nOut(b.channels())
                            .eps(b.epsilon())
                            .useLogStd(false)
                            .build());
        } else if (layer instanceof Layer.Relu) {
            layer(node, new ActivationLayer(Activation.RELU));
            positive.add(node.name());
        } else if (layer instanceof Layer.Add) {
            graph.addVertex(node.name(), new ElementWiseVertex(ElementWiseVertex.Op.Add), inputs(node));
            joined(node);
        } else if (layer instanceof Layer.Concat) {
            graph.addVertex(node.name(), new MergeVertex(), inputs(node));
            joined(node);
        } else if (layer instanceof Layer.Dropout) {
            alias(node);
        } else {
            addPoolOrHead(node);
        }
    }

    private void addPoolOrHead(Node node) {
        Layer layer = node.layer();
        if (layer instanceof Layer.MaxPool p) {
            maximum(node, p.window());
        } else if (layer instanceof Layer.GlobalAveragePool) {
            layer(node, new GlobalPoolingLayer.Builder(PoolingType.AVG).build());
            flat.add(node.name());
        } else if (layer instanceof Layer.AdaptiveAveragePool p) {
            adaptive(node, p);
        } else if (layer instanceof Layer.Flatten) {
            alias(node);
        } else if (layer instanceof Layer.Dense d) {
            dense(node, d);
        } else if (layer instanceof Layer.LocalResponseNorm n && n.size() % 2 == 1) {
            // Its alpha is not divided by the size of the window.
            layer(
                    node,
                    new LocalResponseNormalization.Builder(n.k(), n.size(), n.alpha() / n.size(), n.beta()).build());
        } else {
            throw Failure.usage(
                    "Cannot write layer '%s' for Deeplearning4j: it has no layer for %s. Export it as onnx",
                    node.name(), layer);
        }
    }

    private static ConvolutionLayer convolution(Layer.Convolution c) {
        Layer.Window w = c.window();
        return new ConvolutionLayer.Builder(w.kernelHeight(), w.kernelWidth())
                .stride(w.strideHeight(), w.strideWidth())
                .padding(w.padHeight(), w.padWidth())
                .convolutionMode(ConvolutionMode.Truncate)
                .nIn(c.in())
                .nOut(c.out())
                .hasBias(c.bias())
                .build();
    }

    private void maximum(Node node, Layer.Window w) {
        Shape in = shapes.get(node.inputs().get(0));
        Shape out = shapes.get(node.name());
        int down = Math.max(
                w.padHeight(), (out.height() - 1) * w.strideHeight() + w.kernelHeight() - in.height() - w.padHeight());
        int across = Math.max(
                w.padWidth(), (out.width() - 1) * w.strideWidth() + w.kernelWidth() - in.width() - w.padWidth());
        String input = inputs(node)[0];
        if (down > 0 || across > 0) {
            if (!positive.contains(node.inputs().get(0))) {
                throw Failure.usage(
                        "Cannot write layer '%s' for Deeplearning4j: zeros at its edge could be its maximum "
                                + "(expected a ReLU before it). Export it as onnx",
                        node.name());
            }
            String padded = node.name() + "/padded";
            graph.addLayer(
                    padded, new ZeroPaddingLayer.Builder(w.padHeight(), down, w.padWidth(), across).build(), input);
            input = padded;
        }
        graph.addLayer(node.name(), pool(SubsamplingLayer.PoolingType.MAX, w), input);
        named(node);
        inherit(node);
    }

    private static SubsamplingLayer pool(SubsamplingLayer.PoolingType kind, Layer.Window w) {
        return new SubsamplingLayer.Builder(kind)
                .kernelSize(w.kernelHeight(), w.kernelWidth())
                .stride(w.strideHeight(), w.strideWidth())
                .convolutionMode(ConvolutionMode.Truncate)
                .build();
    }

    private void adaptive(Node node, Layer.AdaptiveAveragePool p) {
        Shape in = shapes.get(node.inputs().get(0));
        if (in.height() == p.height() && in.width() == p.width()) {
            alias(node);
        } else if (in.height() % p.height() == 0 && in.width() % p.width() == 0) {
            int down = in.height() / p.height();
            int across = in.width() / p.width();
            layer(node, pool(SubsamplingLayer.PoolingType.AVG, new Layer.Window(down, across, down, across, 0, 0)));
        } else {
            alias(node);
            owed.put(node.name(), node);
        }
    }

    private void dense(Node node, Layer.Dense d) {
        String input = inputs(node)[0];
        Node pool = owed.get(node.inputs().get(0));
        int in = pool == null ? d.in() : shapes.get(pool.inputs().get(0)).elements();
        if (!flat.contains(node.inputs().get(0))) {
            Shape shape =
                    pool == null ? unflattened(node) : shapes.get(pool.inputs().get(0));
            String between = node.name() + "/flattened";
            CnnToFeedForwardPreProcessor flattening =
                    new CnnToFeedForwardPreProcessor(shape.height(), shape.width(), shape.channels());
            graph.addVertex(between, new PreprocessorVertex(flattening), input);
            input = between;
        }
        if (pool != null) {
            paid.put(node.name(), pool);
        }
        DenseLayer dense =
                new DenseLayer.Builder().nIn(in).nOut(d.out()).hasBias(d.bias()).build();
        graph.addLayer(node.name(), dense, input);
        named(node);
        weighted.add(node);
        flat.add(node.name());
    }

    /** The shape of the image that enters a dense layer through flattens and dropouts. */
    private Shape unflattened(Node node) {
        Node below = spec.node(node.inputs().get(0));
        while (below.layer() instanceof Layer.Flatten || below.layer() instanceof Layer.Dropout) {
            below = spec.node(below.inputs().get(0));
        }
        return shapes.get(below.name());
    }

    private void weighted(Node node, org.deeplearning4j.nn.conf.layers.Layer layer) {
        layer(node, layer);
        weighted.add(node);
    }

    private void layer(Node node, org.deeplearning4j.nn.conf.layers.Layer layer) {
        graph.addLayer(node.name(), layer, inputs(node));
        named(node);
        if (flat.containsAll(node.inputs())) {
            flat.add(node.name());
        }
    }

    private void joined(Node node) {
        named(node);
        inherit(node);
    }

    private void named(Node node) {
        if (node.inputs().stream().anyMatch(owed::containsKey) && !(node.layer() instanceof Layer.Dense)) {
            throw Failure.usage(
                    "Cannot write layer '%s' for Deeplearning4j: it follows an average over uneven bins (expected a dense "
                            + "layer there). Export it as onnx",
                    node.name());
        }
        wires.put(node.name(), node.name());
    }

    /** The node does nothing: its name stands for what enters it. */
    private void alias(Node node) {
        String input = node.inputs().get(0);
        wires.put(node.name(), wires.get(input));
        inherit(node);
        if (owed.containsKey(input)) {
            owed.put(node.name(), owed.get(input));
        }
    }

    private void inherit(Node node) {
        if (positive.containsAll(node.inputs())) {
            positive.add(node.name());
        }
        if (flat.containsAll(node.inputs())) {
            flat.add(node.name());
        }
    }

    private String[] inputs(Node node) {
        return node.inputs().stream().map(wires::get).toArray(String[]::new);
    }
}
