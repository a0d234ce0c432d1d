/**
 * What is to be tried, and what came of it, as values: {@link io.squadron.driver.experiment.RateCurve} reads a learning-rate
 * range test, {@link io.squadron.driver.experiment.Grid} and {@link io.squadron.driver.experiment.Range} say which settings a
 * sweep tries, {@link io.squadron.driver.experiment.Halving} how many of them go on, {@link
 * io.squadron.driver.experiment.Comparison} what they gave, {@link io.squadron.driver.experiment.Repetition} whether a run came
 * out the same again. Pure: no files, no clock, no Spark. {@code jobs.compose} runs what stands here, {@code driver.report}
 * draws it.
 */
package io.squadron.driver.experiment;
