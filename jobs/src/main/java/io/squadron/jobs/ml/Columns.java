package io.squadron.jobs.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The columns that the estimator and its model agree on; each of the two has its own. */
record Columns(
        Param<String> image,
        Param<String> prediction,
        Param<String> predictedLabel,
        Param<String> probability,
        Param<String> handleInvalid) {
    static Columns of(Params parent) {
        return new Columns(
                new Param<>(
                        parent,
                        "imageCol",
                        "column of images: bytes, paths, a struct with bytes, or Spark's image schema (default image)"),
                new Param<>(
                        parent, "predictionCol", "column for the number of the likeliest class (default prediction)"),
                new Param<>(
                        parent,
                        "predictedLabelCol",
                        "column for the name of the likeliest class; empty: none (default predictedLabel)"),
                new Param<>(parent, "probabilityCol", "column for the probability of each class (default probability)"),
                new Param<>(
                        parent,
                        "handleInvalid",
                        "images that cannot be read: error, skip, or keep with NaN as prediction (default error)"));
    }
}
