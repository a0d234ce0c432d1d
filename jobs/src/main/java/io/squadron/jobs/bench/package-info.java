/**
 * Measures the engines and the input on this machine. {@link io.squadron.jobs.bench.StepBench} lets variants (engine, precision, threads) of one
 * network take turns on the same batch, so that whatever else the machine does hits all alike; a {@link
 * io.squadron.jobs.bench.Contender} is one variant with its session; each gives a {@link io.squadron.jobs.bench.Row}, which
 * {@link io.squadron.jobs.bench.StepTable} prints and {@link io.squadron.jobs.bench.StepJson} writes. {@link
 * io.squadron.jobs.bench.OwnProcess} runs a variant in a process of its own, to see its memory. {@link io.squadron.jobs.bench.InputBench} measures
 * the way from files to batches. Knows no Spark.
 */
package io.squadron.jobs.bench;
