package io.squadron.driver.dl4j;

import io.squadron.failure.Failure;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;

/** The network on the driver that a fit trains. */
interface Trainee {
    JavaSparkContext spark();

    Model model();

    /** A graph of the same parameters in the same order. */
    ComputationGraph graph();

    NetworkState state();

    /** Takes over what the workers have made of the state. */
    void accept(NetworkState trained, double score);

    /** Refuses what cannot be trained together as it is trained alone. */
    static void require(ComputationGraph graph) {
        DataType type = graph.params().dataType();
        if (type != DataType.FLOAT) {
            throw Failure.usage(
                    "Cannot train a network of %s on several workers: their sums travel as FLOAT. Set dataType(DataType.FLOAT)",
                    type);
        }
        OptimizationAlgorithm algorithm = graph.conf().getOptimizationAlgo();
        if (algorithm != OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT) {
            throw Failure.usage(
                    "Cannot train with %s on several workers (expected STOCHASTIC_GRADIENT_DESCENT, with any updater)",
                    algorithm);
        }
        if (graph.getConfiguration().getBackpropType() != BackpropType.Standard) {
            throw Failure.usage(
                    "Cannot train with backprop type %s on several workers (expected Standard)",
                    graph.getConfiguration().getBackpropType());
        }
    }
}
