package io.squadron.driver.training;

/**
 * What a run is about to do.
 *
 * @param run its name
 * @param totalSteps of the whole run, those before a resume included
 * @param totalEpochs passes over the training samples
 * @param replicas copies of the model
 * @param samples of the training split
 * @param classes names in all
 * @param engine who computes ("dl4j")
 * @param architecture what is trained ("resnet18")
 * @param parameters trainable and frozen ones, without running statistics
 * @param resumedAtStep steps done before this start; 0 for a fresh run
 */
public record RunSummary(
        String run,
        long totalSteps,
        int totalEpochs,
        int replicas,
        int samples,
        int classes,
        String engine,
        String architecture,
        long parameters,
        long resumedAtStep) {}
