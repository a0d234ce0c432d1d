/**
 * A model looks at the images of a table, whatever Spark reads them from. {@link io.squadron.driver.spark.predict.Predictor}
 * makes a table of predictions out of a table of images, inside any program; {@link
 * io.squadron.driver.spark.predict.PredictJob} does so piece by piece into a directory, and goes on where it was stopped. An
 * executor opens a model once ({@link io.squadron.driver.spark.predict.OpenModel}): its tasks decode, and hand their batches
 * to the one engine.
 */
package io.squadron.driver.spark.predict;
