package io.squadron.driver.dl4j;

import io.squadron.failure.Failure;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;

/** A MultiLayerNetwork, which the workers train as the graph that is a chain of its layers. */
record LayersTrainee(SparkDl4jMultiLayer program) implements Trainee {
    @Override
    public JavaSparkContext spark() {
        return program.getSparkContext();
    }

    @Override
    public Model model() {
        return program.getNetwork();
    }

    @Override
    public ComputationGraph graph() {
        MultiLayerNetwork network = program.getNetwork();
        if (network.getLayerWiseConfigurations().getBackpropType() != BackpropType.Standard) {
            throw Failure.usage(
                    "Cannot train with backprop type %s on several workers (expected Standard)",
                    network.getLayerWiseConfigurations().getBackpropType());
        }
        requirePlain(network.getLayerWiseConfigurations().getConf(0));
        return network.toComputationGraph();
    }

    /** What the chain of layers would not inherit. */
    private static void requirePlain(NeuralNetConfiguration shared) {
        if (!shared.isMiniBatch()
                || shared.getOptimizationAlgo() != OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT) {
            throw Failure.usage(
                    "Cannot train this MultiLayerNetwork on several workers: miniBatch is %s and its algorithm %s (expected "
                            + "true and STOCHASTIC_GRADIENT_DESCENT). Make it a ComputationGraph",
                    shared.isMiniBatch(), shared.getOptimizationAlgo());
        }
    }

    @Override
    public NetworkState state() {
        MultiLayerNetwork network = program.getNetwork();
        return NetworkState.of(
                network.params(),
                network.getUpdater().getStateViewArray(),
                network.getIterationCount(),
                network.getEpochCount());
    }

    @Override
    public void accept(NetworkState trained, double score) {
        MultiLayerNetwork network = program.getNetwork();
        trained.into(network.params(), network.getUpdater().getStateViewArray());
        network.getLayerWiseConfigurations().setIterationCount(trained.iteration());
        network.setScore(score);
        program.setScore(score);
    }
}
