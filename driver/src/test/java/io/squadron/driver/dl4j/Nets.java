package io.squadron.driver.dl4j;

import io.squadron.random.RandomStream;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Small networks, the same at each call, and examples for them. */
final class Nets {
    private static final int CLASSES = 3;

    private Nets() {}

    private static NeuralNetConfiguration.Builder common(IUpdater updater) {
        return new NeuralNetConfiguration.Builder()
                .seed(11)
                .updater(updater)
                .l2(1e-3)
                .activation(Activation.TANH);
    }

    private static OutputLayer output(int inputs) {
        return new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nIn(inputs)
                .nOut(CLASSES)
                .build();
    }

    /** Four inputs, two dense layers. */
    static ComputationGraph dense(IUpdater updater) {
        ComputationGraph graph = new ComputationGraph(common(updater)
                .graphBuilder()
                .addInputs("in")
                .addLayer("hidden", new DenseLayer.Builder().nIn(4).nOut(8).build(), "in")
                .addLayer("out", output(8), "hidden")
                .setOutputs("out")
                .build());
        graph.init();
        return graph;
    }

    /** {@link #dense} as a list of layers. */
    static MultiLayerNetwork layers(IUpdater updater) {
        MultiLayerNetwork network = new MultiLayerNetwork(common(updater)
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(8).build())
                .layer(output(8))
                .build());
        network.init();
        return network;
    }

    /** Pictures of 2 x 6 x 6; a batch norm after the convolution and one after a dense layer. */
    static ComputationGraph normed(IUpdater updater) {
        ComputationGraph graph = new ComputationGraph(common(updater)
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.convolutional(6, 6, 2))
                .addLayer("conv", new ConvolutionLayer.Builder(3, 3).nOut(4).build(), "in")
                .addLayer("norm of pictures", new BatchNormalization(), "conv")
                .addLayer("dense", new DenseLayer.Builder().nOut(6).build(), "norm of pictures")
                .addLayer(
                        "norm of vectors",
                        new BatchNormalization.Builder().useLogStd(false).build(),
                        "dense")
                .addLayer("out", output(6), "norm of vectors")
                .setOutputs("out")
                .build());
        graph.init();
        return graph;
    }

    /** A batch norm between convolution and output, the channels being the last dimension. */
    static ComputationGraph channelsLast(IUpdater updater) {
        CNN2DFormat format = CNN2DFormat.NHWC;
        ComputationGraph graph = new ComputationGraph(common(updater)
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.convolutional(6, 6, 2, format))
                .addLayer(
                        "conv",
                        new ConvolutionLayer.Builder(3, 3)
                                .nOut(4)
                                .dataFormat(format)
                                .build(),
                        "in")
                .addLayer(
                        "norm",
                        new BatchNormalization.Builder().dataFormat(format).build(),
                        "conv")
                .addLayer("out", output(64), "norm")
                .setOutputs("out")
                .build());
        graph.init();
        return graph;
    }

    static DataSet channelsLast(DataSet pictures) {
        return new DataSet(pictures.getFeatures().permute(0, 2, 3, 1).dup('c'), pictures.getLabels());
    }

    /** Examples {@code first} .. {@code first + count - 1} of an endless row, of four numbers each. */
    static DataSet vectors(int first, int count) {
        return examples(first, count, 4);
    }

    /** The same for pictures of 2 x 6 x 6. */
    static DataSet pictures(int first, int count) {
        DataSet flat = examples(first, count, 72);
        return new DataSet(flat.getFeatures().reshape(count, 2, 6, 6), flat.getLabels());
    }

    private static DataSet examples(int first, int count, int width) {
        INDArray features = Nd4j.create(count, width);
        INDArray labels = Nd4j.create(count, CLASSES);
        for (int i = 0; i < count; i++) {
            RandomStream random = RandomStream.of(5, "examples", first + i);
            int label = random.nextInt(CLASSES);
            labels.putScalar(i, label, 1);
            for (int j = 0; j < width; j++) {
                features.putScalar(i, j, random.nextGaussian() + (j % CLASSES == label ? 1.5 : 0) + 0.02 * (first + i));
            }
        }
        return new DataSet(features, labels);
    }

    /** Trains as one machine does, {@code epochs} times over {@code batches}. */
    static ComputationGraph alone(ComputationGraph graph, int epochs, List<DataSet> batches) {
        for (int epoch = 0; epoch < epochs; epoch++) {
            batches.forEach(graph::fit);
            graph.incrementEpochCount();
        }
        return graph;
    }

    /** Batches of {@code size} that follow each other. */
    static List<DataSet> vectorBatches(int count, int size) {
        return IntStream.range(0, count).mapToObj(i -> vectors(i * size, size)).toList();
    }
}
