package io.squadron.driver.dl4j;

import io.squadron.driver.spark.LocalSpark;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.DataSet;

/** A Spark as such programs have it, with Java's serialisation; three tasks at once, each tried twice. */
final class TestSpark implements AutoCloseable {
    private final JavaSparkContext context;

    TestSpark() {
        LocalSpark.session().stop();
        context = new JavaSparkContext(new SparkConf()
                .setMaster("local[3,2]")
                .setAppName("squadron-dl4j-tests")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1"));
    }

    JavaSparkContext context() {
        return context;
    }

    /** Trains {@code graph}; one partition per part. */
    ComputationGraph fit(ComputationGraph graph, TrainingMaster<?, ?> master, int epochs, List<List<DataSet>> parts) {
        SparkComputationGraph program = new SparkComputationGraph(context, graph, master);
        JavaRDD<DataSet> data = context.parallelize(
                        IntStream.range(0, parts.size()).boxed().toList(), parts.size())
                .flatMap(part -> parts.get(part).iterator());
        for (int epoch = 0; epoch < epochs; epoch++) {
            program.fit(data);
        }
        return program.getNetwork();
    }

    /** What a program had before, for data sets of {@code size} examples, averaged after each step. */
    static ParameterAveragingTrainingMaster stock(int workers, int size) {
        return new ParameterAveragingTrainingMaster.Builder(workers, size)
                .batchSizePerWorker(size)
                .averagingFrequency(1)
                .saveUpdater(true)
                .rddTrainingApproach(RDDTrainingApproach.Direct)
                .repartionData(Repartition.Never)
                .rngSeed(1)
                .build();
    }

    /** The same program with the one line changed. */
    static SquadronTrainingMaster.Builder ours(int workers, int size) {
        return new SquadronTrainingMaster.Builder(workers, size)
                .batchSizePerWorker(size)
                .averagingFrequency(1)
                .saveUpdater(true)
                .rddTrainingApproach(RDDTrainingApproach.Direct)
                .repartionData(Repartition.Never)
                .rngSeed(1);
    }

    @Override
    public void close() {
        context.close();
    }
}
