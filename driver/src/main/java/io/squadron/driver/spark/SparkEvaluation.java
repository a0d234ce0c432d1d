package io.squadron.driver.spark;

import io.squadron.dataset.SampleSourceFactory;
import io.squadron.engine.Compute;
import io.squadron.engine.Inference;
import io.squadron.evaluation.Tally;
import io.squadron.image.Transform;
import io.squadron.replica.Examination;
import io.squadron.replica.Examinee;
import io.squadron.replica.Examiner;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Shows every sample to a saved model exactly once, in as many partitions as one likes, and merges the counts in
 * partition order.
 *
 * @param views of each sample, whose probabilities are averaged
 * @param decodeThreads of each partition
 */
public record SparkEvaluation(Examinee model, SampleSourceFactory samples, List<Transform> views, int decodeThreads)
        implements Serializable {

    /** Counts over {@code examination}, one task per partition. */
    public Tally tally(JavaSparkContext spark, Examination examination, int partitions) {
        spark.setJobDescription("squadron evaluation of %d samples".formatted(examination.positions().length));
        try {
            List<Tally> parts = spark.parallelize(
                            IntStream.range(0, partitions).boxed().toList(), partitions)
                    .map(partition -> part(examination.share(partition, partitions)))
                    .collect();
            return parts.stream().reduce(Tally::merge).orElseThrow();
        } finally {
            spark.setJobDescription(null);
        }
    }

    private Tally part(Examination share) {
        try (Inference session = model.open(Compute.plain())) {
            return new Examiner(samples.open(), views, decodeThreads).tally(share, session::infer);
        }
    }
}
