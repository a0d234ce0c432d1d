package io.squadron.driver.dl4j;

import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;

/** A ComputationGraph. */
record GraphTrainee(SparkComputationGraph program) implements Trainee {
    @Override
    public JavaSparkContext spark() {
        return program.getSparkContext();
    }

    @Override
    public Model model() {
        return graph();
    }

    @Override
    public ComputationGraph graph() {
        return program.getNetwork();
    }

    @Override
    public NetworkState state() {
        ComputationGraph graph = graph();
        return NetworkState.of(
                graph.params(),
                graph.getUpdater().getStateViewArray(),
                graph.getIterationCount(),
                graph.getEpochCount());
    }

    @Override
    public void accept(NetworkState trained, double score) {
        ComputationGraph graph = graph();
        trained.into(graph.params(), graph.getUpdater().getStateViewArray());
        graph.getConfiguration().setIterationCount(trained.iteration());
        graph.setScore(score);
        program.setScore(score);
    }
}
