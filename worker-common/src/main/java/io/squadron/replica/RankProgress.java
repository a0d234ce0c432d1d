package io.squadron.replica;

import io.squadron.engine.StepResult;
import java.io.Serializable;

/**
 * How far one rank is in a round.
 *
 * @param plan of the step it has just taken
 * @param soFar all its steps of this round until now, itself alone
 * @param timing where its seconds of this round went until now
 */
public record RankProgress(int rank, StepPlan plan, StepResult soFar, Timing timing) implements Serializable {}
