package io.squadron.driver.dl4j;

import io.squadron.failure.Failure;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.deeplearning4j.spark.api.Repartition;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import scala.Tuple2;

/** Gives each worker its part of the data. */
final class Dealing {
    private Dealing() {}

    /**
     * As many partitions as workers: the data's own, or else the elements dealt out like cards, in their order, so that step
     * after step the workers together take the next elements of the data.
     */
    static JavaRDD<MultiDataSet> deal(JavaRDD<MultiDataSet> data, int workers, Repartition when) {
        int partitions = data.getNumPartitions();
        if (when != Repartition.Always && partitions == workers) {
            return data;
        }
        if (when == Repartition.Never) {
            throw Failure.usage(
                    "Cannot train on %d partitions with %d workers (expected as many). Repartition the data, or let "
                            + "repartionData be NumPartitionsWorkersDiffers",
                    partitions, workers);
        }
        JavaPairRDD<Long, MultiDataSet> numbered =
                data.zipWithIndex().mapToPair(each -> new Tuple2<>(each._2(), each._1()));
        return numbered.repartitionAndSortWithinPartitions(new Turns(workers)).values();
    }

    /** Element i goes to worker i modulo their number. */
    private static final class Turns extends Partitioner {
        private static final long serialVersionUID = 1L;

        private final int workers;

        Turns(int workers) {
            this.workers = workers;
        }

        @Override
        public int numPartitions() {
            return workers;
        }

        @Override
        public int getPartition(Object key) {
            return (int) ((Long) key % workers);
        }
    }
}
