/**
 * One replica inside one task: its state, one step of it, one round of steps, and what an executor keeps between rounds.
 * The same code runs in the threads of the local runner and in the barrier tasks of Spark.
 */
package io.squadron.replica;
