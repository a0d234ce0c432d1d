package io.squadron.driver.dl4j;

import java.io.Serializable;
import java.util.List;
import org.deeplearning4j.spark.api.TrainingHook;

/**
 * What every worker is told of a round.
 *
 * @param run the fit that the round belongs to
 * @param round its number, from 0
 * @param configuration the graph's, as JSON
 * @param skip minibatches that earlier rounds of the fit have taken
 */
record RoundTask(String run, int round, String configuration, int skip, Settings settings, List<TrainingHook> hooks)
        implements Serializable {}
