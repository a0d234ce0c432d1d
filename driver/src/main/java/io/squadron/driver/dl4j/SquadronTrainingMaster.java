package io.squadron.driver.dl4j;

import io.squadron.failure.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.datavec.spark.util.BroadcastHadoopConfigHolder;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.RepartitionStrategy;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.api.TrainingResult;
import org.deeplearning4j.spark.api.TrainingWorker;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.data.loader.RemoteFileSourceFactory;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a {@code SparkComputationGraph} (or {@code SparkDl4jMultiLayer}) so that the result is that of one machine: put it
 * where {@code ParameterAveragingTrainingMaster} stood, the rest of the program stays.
 *
 * <p>The workers of a fit are the tasks of one barrier stage and step together. With {@code averagingFrequency(1)} the
 * gradients of all workers are summed: k workers with minibatches of b examples are one machine with minibatches of k * b,
 * with any updater. With a larger frequency each worker trains on its own, and parameters and updater state are averaged,
 * weighted by the examples behind them. Iteration and epoch are those of one machine, and so are schedules; batch norms look
 * at the global batch ({@link Norms#GLOBAL}). A worker whose data end before those of the others' stays, with weight 0.
 *
 * <p>Errors are {@link Failure}s. One fit at a time.
 */
public final class SquadronTrainingMaster implements TrainingMaster<TrainingResult, TrainingWorker<TrainingResult>> {
    private static final Logger LOG = LoggerFactory.getLogger(SquadronTrainingMaster.class);

    private final Settings settings;
    private final Optional<Integer> workers;
    private final Repartition repartition;
    private final StorageLevel storage;
    private final List<TrainingHook> hooks;
    private List<TrainingListener> listeners = List.of();

    private SquadronTrainingMaster(Builder builder) {
        this.settings = new Settings(builder.batch, builder.every, builder.averagings, builder.norms, builder.deadline);
        this.workers = builder.workers;
        this.repartition = builder.repartition;
        this.storage = builder.storage;
        this.hooks = new ArrayList<>(builder.hooks);
    }

    @Override
    public void executeTraining(SparkComputationGraph graph, JavaRDD<DataSet> data) {
        fit(new GraphTrainee(graph), data.map(DataSet::toMultiDataSet));
    }

    @Override
    public void executeTrainingMDS(SparkComputationGraph graph, JavaRDD<MultiDataSet> data) {
        fit(new GraphTrainee(graph), data);
    }

    @Override
    public void executeTraining(SparkDl4jMultiLayer network, JavaRDD<DataSet> data) {
        fit(new LayersTrainee(network), data.map(DataSet::toMultiDataSet));
    }

    @Override
    public void executeTrainingPaths(
            SparkDl4jMultiLayer network,
            SparkComputationGraph graph,
            JavaRDD<String> paths,
            DataSetLoader single,
            MultiDataSetLoader multiple) {
        Trainee trainee = graph == null ? new LayersTrainee(network) : new GraphTrainee(graph);
        RemoteFileSourceFactory files = new RemoteFileSourceFactory(BroadcastHadoopConfigHolder.get(trainee.spark()));
        fit(
                trainee,
                single == null
                        ? paths.map(path -> multiple.load(files.getSource(path)))
                        : paths.map(path -> single.load(files.getSource(path)).toMultiDataSet()));
    }

    private void fit(Trainee trainee, JavaRDD<MultiDataSet> data) {
        int tasks = workers.orElseGet(() -> trainee.spark().defaultParallelism());
        JavaRDD<MultiDataSet> parts = Dealing.deal(data, tasks, repartition);
        boolean again = settings.averagings() < Integer.MAX_VALUE;
        if (again) {
            parts.persist(storage);
        }
        try {
            new Fit(trainee, settings, hooks, listeners).run(parts);
        } finally {
            if (again) {
                parts.unpersist();
            }
        }
    }

    @Override
    public void addHook(TrainingHook hook) {
        hooks.add(hook);
    }

    @Override
    public void removeHook(TrainingHook hook) {
        hooks.remove(hook);
    }

    /** Told after each round, on the driver, with the network as it is then. */
    @Override
    public void setListeners(Collection<TrainingListener> told) {
        listeners = told == null ? List.of() : List.copyOf(told);
    }

    /** As {@link #setListeners(Collection)}: nothing is routed to a storage. */
    @Override
    public void setListeners(StatsStorageRouter router, Collection<TrainingListener> told) {
        setListeners(told);
    }

    @Override
    public TrainingWorker<TrainingResult> getWorkerInstance(SparkDl4jMultiLayer network) {
        throw noWorker();
    }

    @Override
    public TrainingWorker<TrainingResult> getWorkerInstance(SparkComputationGraph graph) {
        throw noWorker();
    }

    private static Failure noWorker() {
        return Failure.usage("Cannot hand out a TrainingWorker: workers that step together are not driven one by one. "
                + "Call fit on the network");
    }

    @Override
    public void setCollectTrainingStats(boolean collect) {
        if (collect) {
            LOG.warn("Training statistics are not collected: see the stage and its tasks in the Spark UI");
        }
    }

    @Override
    public boolean getIsCollectTrainingStats() {
        return false;
    }

    /** Null, as the interface wants it where nothing is collected. */
    @Override
    public SparkTrainingStats getTrainingStats() {
        return null;
    }

    /** Nothing is ever written. */
    @Override
    public boolean deleteTempFiles(JavaSparkContext spark) {
        return true;
    }

    /** Nothing is ever written. */
    @Override
    public boolean deleteTempFiles(SparkContext spark) {
        return true;
    }

    @Override
    public String toJson() {
        return """
                {"workers": %s, "batchSizePerWorker": %d, "averagingFrequency": %d, "averagingsPerRound": %d, \
                "norms": "%s", "repartition": "%s", "deadline": "%s"}""".formatted(
                        workers.map(String::valueOf).orElse("null"),
                        settings.batch(),
                        settings.every(),
                        settings.averagings(),
                        settings.norms(),
                        repartition,
                        settings.deadline());
    }

    /** The JSON, which is YAML. */
    @Override
    public String toYaml() {
        return toJson();
    }

    /**
     * The choices, under the names that {@code ParameterAveragingTrainingMaster.Builder} has for them, so that a program
     * changes in one line. Those that have no meaning here are taken and say so.
     */
    public static final class Builder {
        private final Optional<Integer> workers;
        private int batch = 16;
        private int every = 5;
        private int averagings = Integer.MAX_VALUE;
        private Norms norms = Norms.GLOBAL;
        private Duration deadline = Duration.ofMinutes(10);
        private Repartition repartition = Repartition.NumPartitionsWorkersDiffers;
        private StorageLevel storage = StorageLevel.MEMORY_AND_DISK_SER();
        private List<TrainingHook> hooks = List.of();

        /** As many workers as Spark's default parallelism. */
        public Builder(int examplesPerDataSet) {
            this(null, examplesPerDataSet);
        }

        /**
         * A builder of a master.
         *
         * @param workers tasks that train together; null for Spark's default parallelism
         * @param examplesPerDataSet not needed: minibatches are cut and joined whatever the size of the data's elements
         */
        public Builder(Integer workers, int examplesPerDataSet) {
            if (workers != null && workers < 1) {
                throw Failure.usage("Cannot train with %d workers (expected at least 1)", workers);
            }
            this.workers = Optional.ofNullable(workers);
        }

        /** Examples in a worker's minibatch; 16 by default. */
        public Builder batchSizePerWorker(int examples) {
            this.batch = positive("batchSizePerWorker", examples);
            return this;
        }

        /**
         * Minibatches between two averagings, 5 by default. 1 means that gradients are summed in each step, which is exactly
         * the training of one machine with the global batch.
         */
        public Builder averagingFrequency(int minibatches) {
            this.every = positive("averagingFrequency", minibatches);
            return this;
        }

        /**
         * Averagings in one barrier stage, the unit that Spark tries again; by default all of a fit. With fewer, less is
         * repeated when a worker is lost, the listeners are told more often, and each stage reads over what was trained on.
         */
        public Builder averagingsPerRound(int averagings) {
            this.averagings = positive("averagingsPerRound", averagings);
            return this;
        }

        /** Whose examples batch norms look at; those of all workers by default. */
        public Builder norms(Norms whose) {
            this.norms = whose;
            return this;
        }

        /** How long a worker waits for another before the round fails; ten minutes by default. */
        public Builder deadline(Duration wait) {
            this.deadline = wait;
            return this;
        }

        /**
         * When to deal the data out evenly. By default only if it has not as many partitions as there are workers, while
         * {@code ParameterAveragingTrainingMaster} always does.
         */
        public Builder repartionData(Repartition when) {
            this.repartition = when;
            return this;
        }

        /** How the parts are kept while {@link #averagingsPerRound} makes a fit several rounds. */
        public Builder storageLevel(StorageLevel level) {
            this.storage = level == null ? StorageLevel.NONE() : level;
            return this;
        }

        /** Called in the workers around each minibatch of theirs, with copies of the hooks. */
        public Builder trainingHooks(Collection<TrainingHook> called) {
            this.hooks = List.copyOf(called);
            return this;
        }

        /** As {@link #trainingHooks(Collection)}. */
        public Builder trainingHooks(TrainingHook... called) {
            return trainingHooks(Arrays.asList(called));
        }

        /** The updater's state is always kept, and averaged as the parameters are. */
        public Builder saveUpdater(boolean save) {
            if (!save) {
                LOG.warn("saveUpdater(false) is not followed: momentum would begin anew at each averaging");
            }
            return this;
        }

        /** Without meaning: nothing is aggregated on the driver. */
        public Builder aggregationDepth(int levels) {
            return this;
        }

        /** Without meaning: Spark reads a partition as it is trained on. */
        public Builder workerPrefetchNumBatches(int batches) {
            return this;
        }

        /** Without meaning: {@link #repartionData} deals the elements out in their order. */
        public Builder repartitionStrategy(RepartitionStrategy strategy) {
            return this;
        }

        /** Without meaning: paths are loaded as they are trained on. */
        public Builder storageLevelStreams(StorageLevel level) {
            return this;
        }

        /** Without meaning: nothing is exported. */
        public Builder rddTrainingApproach(RDDTrainingApproach approach) {
            return this;
        }

        /** Without meaning: nothing is exported. */
        public Builder exportDirectory(String directory) {
            return this;
        }

        /** Without meaning: nothing is random. */
        public Builder rngSeed(long seed) {
            return this;
        }

        /** Without meaning: the Spark UI has the times. */
        public Builder collectTrainingStats(boolean collect) {
            return this;
        }

        public SquadronTrainingMaster build() {
            return new SquadronTrainingMaster(this);
        }

        private static int positive(String name, int value) {
            if (value < 1) {
                throw Failure.usage("Cannot train with %s %d (expected at least 1)", name, value);
            }
            return value;
        }
    }
}
