/**
 * What is to be tried, and what came of it, as values: {@link io.squadron.driver.experiment.RateCurve} reads a learning-rate
 * range test. Pure: no files, no clock, no Spark. {@code jobs.compose} runs what stands here, {@code driver.report} draws it.
 */
package io.squadron.driver.experiment;
