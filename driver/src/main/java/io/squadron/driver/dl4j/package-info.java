/**
 * For programs that train with Deeplearning4j on Spark: {@link io.squadron.driver.dl4j.SquadronTrainingMaster} takes the
 * place of their {@code ParameterAveragingTrainingMaster}. A fit is one barrier stage or a few, in which the tasks step
 * together and average over the collective of {@code driver.spark}; {@code worker-common} lends the batch norm. Beside
 * {@code driver.spark} the only room that knows Spark, and the only one that knows {@code dl4j-spark}, which is provided: the
 * programs that this room is for bring it, and no job of ours needs it.
 */
package io.squadron.driver.dl4j;
