/**
 * Where images come from. A {@link io.squadron.driver.source.SourceScan} lists a source on the driver: it says which classes
 * there are, if the names tell, and cuts the source into {@link io.squadron.driver.source.SourceUnit}s that are small enough to
 * be one task and to be repeated. A {@link io.squadron.driver.source.UnitReader} goes through a unit on an executor and hands
 * over each image with its label. One scan and one reader for each format; none of them knows Spark.
 */
package io.squadron.driver.source;
