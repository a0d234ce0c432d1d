/**
 * The job that turns images into a dataset: {@link io.squadron.driver.spark.prepare.Prepare} has a source listed on the driver, has
 * the executors verify and measure it unit by unit, decides on the driver what lies where, has the executors write the shards,
 * and commits by writing dataset.json last. {@link io.squadron.driver.spark.prepare.DatasetIndexes} reads a dataset back. The
 * driver keeps numbers of each image, never objects or texts; what executors found out lies in files beside the dataset, so
 * that a stopped preparation goes on where it was. Data travels between driver and executors as DataFrames of plain
 * columns, never as objects of our own. Everything but the order in which executors work is decided by the images, so the
 * same images give the same bytes on any cluster.
 */
package io.squadron.driver.spark.prepare;
