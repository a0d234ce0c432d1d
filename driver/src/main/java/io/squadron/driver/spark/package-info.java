/**
 * Everything Spark-shaped: {@link io.squadron.driver.spark.SparkRoundRunner} runs a round as one barrier stage, {@link
 * io.squadron.driver.spark.SparkEvaluation} counts over all partitions, {@link io.squadron.driver.spark.SquadronKryo}
 * registers every class that travels as data. What runs inside a task is {@code io.squadron.replica}.
 */
package io.squadron.driver.spark;
