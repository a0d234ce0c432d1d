/**
 * Training and prediction as stages of Spark ML: {@link io.squadron.jobs.ml.ImageClassifier} and {@link
 * io.squadron.jobs.ml.ImageClassifierModel}, for pipelines, cross-validation and whatever else takes an estimator. They hand
 * on to the jobs prepare and train, and to {@code driver.spark.predict}.
 */
package io.squadron.jobs.ml;
