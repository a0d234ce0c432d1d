/**
 * The job that turns images into a dataset: {@link io.squadron.driver.spark.prepare.Prepare} lists them on the driver, has the
 * executors verify and measure them, plans the shards on the driver, has the executors write them, and commits by writing
 * dataset.json last. {@link io.squadron.driver.spark.prepare.DatasetIndexes} reads a dataset back. Data travels between driver
 * and executors as DataFrames of plain columns, never as objects of our own. Everything but the order in which executors
 * work is decided by the images, so the same images give the same bytes on any cluster.
 */
package io.squadron.driver.spark.prepare;
