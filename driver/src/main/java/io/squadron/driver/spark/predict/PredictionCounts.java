package io.squadron.driver.spark.predict;

/**
 * What came of a job.
 *
 * @param rows in all
 * @param unreadable of them, whose images could not be read
 */
public record PredictionCounts(long rows, long unreadable) {}
