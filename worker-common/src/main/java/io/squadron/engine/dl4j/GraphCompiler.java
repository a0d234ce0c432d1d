package io.squadron.engine.dl4j;

import io.squadron.model.Freeze;
import io.squadron.model.Layer;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import io.squadron.model.Shape;
import io.squadron.model.Slice;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * Writes a {@link ModelSpec} down as a Deeplearning4j configuration, vertex for node under the node's name. Nodes below
 * everything that is trained are frozen there too, so that backward ends above them.
 */
final class GraphCompiler {
    private static final String LOSS = "/loss of ";

    private final ModelSpec spec;
    private final Map<String, Shape> shapes;
    private final Set<String> learning;
    private final Kernels kernels;
    private final Set<String> still = new HashSet<>();
    private final Set<String> flat = new HashSet<>();
    private final GraphBuilder graph;

    GraphCompiler(ModelSpec spec, Freeze freeze, Kernels kernels) {
        this.spec = spec;
        this.shapes = spec.shapes();
        this.kernels = kernels;
        this.learning = spec.layout().slices().stream()
                .filter(slice -> !freeze.holds(slice))
                .map(Slice::node)
                .collect(Collectors.toSet());
        this.graph = new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .weightInit(WeightInit.ZERO)
                .activation(Activation.IDENTITY)
                .updater(new NoOp())
                .graphBuilder();
    }

    /** The whole graph, with losses on top of the nodes that they are given by. */
    ComputationGraphConfiguration compile(Map<String, ? extends ILossFunction> losses) {
        graph.addInputs(ModelSpec.INPUT);
        still.add(ModelSpec.INPUT);
        for (Node node : spec.nodes()) {
            if (!learning.contains(node.name()) && still.containsAll(node.inputs())) {
                still.add(node.name());
            }
            add(node);
        }
        losses.forEach((node, loss) -> graph.addLayer(
                LOSS + node,
                new LossLayer.Builder(loss).activation(Activation.IDENTITY).build(),
                node));
        String[] outputs = losses.keySet().stream().map(LOSS::concat).toArray(String[]::new);
        return graph.setOutputs(outputs).validateOutputLayerConfig(false).build();
    }

    private void add(Node node) {
        Layer layer = node.layer();
        if (layer instanceof Layer.Convolution c) {
            layer(node, convolution(node, c));
        } else if (layer instanceof Layer.BatchNorm) {
            layer(node, watched(node, kernels.norm(node.name())));
            inherit(node);
        } else if (layer instanceof Layer.Relu) {
            layer(node, watched(node, new Relu()));
            inherit(node);
        } else if (layer instanceof Layer.Add) {
            vertex(node, new ElementWiseVertex(ElementWiseVertex.Op.Add));
            inherit(node);
        } else if (layer instanceof Layer.Concat) {
            vertex(node, new MergeVertex());
            inherit(node);
        } else {
            addPoolOrHead(node);
        }
    }

    private void addPoolOrHead(Node node) {
        Layer layer = node.layer();
        if (layer instanceof Layer.MaxPool p) {
            layer(node, pool(node, Pool.Kind.MAXIMUM, p.window()));
        } else if (layer instanceof Layer.AveragePool p) {
            layer(node, pool(node, Pool.Kind.MEAN, p.window()));
        } else if (layer instanceof Layer.GlobalAveragePool) {
            layer(node, new GlobalPoolingLayer.Builder(PoolingType.AVG).build());
            flat.add(node.name());
        } else if (layer instanceof Layer.AdaptiveAveragePool p) {
            layer(node, watched(node, new AdaptiveAverage(p.height(), p.width())));
        } else if (layer instanceof Layer.Flatten) {
            flatten(node);
        } else if (layer instanceof Layer.Dense d) {
            dense(node, d);
        } else if (layer instanceof Layer.LocalResponseNorm n) {
            layer(node, watched(node, new ResponseNorm(n)));
            inherit(node);
        } else if (layer instanceof Layer.Dropout || layer instanceof Layer.StochasticDepth) {
            dropout(node);
            inherit(node);
        } else {
            throw new IllegalStateException("Cannot compile layer '%s': %s is unknown".formatted(node.name(), layer));
        }
    }

    private void dropout(Node node) {
        Optional<Dropout> kernel = kernels.dropout(node.name());
        if (kernel.isPresent()) {
            layer(node, watched(node, kernel.get()));
        } else {
            vertex(node, new ScaleVertex(1));
        }
    }

    private KernelConf watched(Node node, Kernel kernel) {
        boolean below = !still.containsAll(node.inputs());
        return new KernelConf(
                kernel, kernels.sentinel(node.name(), below ? Sentinel.Below.LEARNS : Sentinel.Below.NOTHING_LEARNS));
    }

    private KernelConf convolution(Node node, Layer.Convolution c) {
        boolean below = !still.containsAll(node.inputs());
        return watched(
                node,
                kernels.convolution(node.name(), c, new Convolution.Wanted(learning.contains(node.name()), below)));
    }

    private KernelConf pool(Node node, Pool.Kind kind, Layer.Window window) {
        Shape out = shapes.get(node.name());
        return watched(node, new Pool(kind, window, out.height(), out.width()));
    }

    private void flatten(Node node) {
        if (flat.contains(node.inputs().get(0))) {
            vertex(node, new ScaleVertex(1));
        } else {
            vertex(node, new PreprocessorVertex(flattening(node)));
        }
        flat.add(node.name());
    }

    private CnnToFeedForwardPreProcessor flattening(Node node) {
        Shape in = shapes.get(node.inputs().get(0));
        return new CnnToFeedForwardPreProcessor(in.height(), in.width(), in.channels());
    }

    private void dense(Node node, Layer.Dense d) {
        String input = node.inputs().get(0);
        if (!flat.contains(input)) {
            String between = node.name() + "/flattened";
            graph.addVertex(between, new PreprocessorVertex(flattening(node)), input);
            input = between;
        }
        DenseLayer dense = new DenseLayer.Builder()
                .nIn(d.in())
                .nOut(d.out())
                .hasBias(d.bias())
                .build();
        graph.addLayer(node.name(), still.contains(node.name()) ? new FrozenLayer(dense) : dense, input);
        flat.add(node.name());
    }

    private void layer(Node node, org.deeplearning4j.nn.conf.layers.Layer layer) {
        graph.addLayer(node.name(), still.contains(node.name()) ? new FrozenLayer(layer) : layer, inputs(node));
    }

    private void vertex(Node node, GraphVertex vertex) {
        graph.addVertex(node.name(), still.contains(node.name()) ? new FrozenVertex(vertex) : vertex, inputs(node));
    }

    /** Element-wise nodes leave vectors vectors. */
    private void inherit(Node node) {
        if (flat.containsAll(node.inputs())) {
            flat.add(node.name());
        }
    }

    private static String[] inputs(Node node) {
        return node.inputs().toArray(String[]::new);
    }
}
