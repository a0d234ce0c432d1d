/**
 * The training loop, which fits on one screen: {@link io.squadron.driver.training.TrainingLoop} takes rounds from the plan,
 * a {@link io.squadron.driver.training.RoundRunner} runs them on all replicas, and {@link
 * io.squadron.driver.training.TrainingListener}s hear of it. The order of events is drawn in {@link
 * io.squadron.driver.training.TrainingEvent}.
 */
package io.squadron.driver.training;
