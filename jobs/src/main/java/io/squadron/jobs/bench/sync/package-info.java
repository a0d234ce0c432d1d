/**
 * Measures what it costs that replicas move as one: {@link io.squadron.jobs.bench.sync.SyncBench} lets {@link
 * io.squadron.jobs.bench.sync.Arm}s take turns, each a whole {@code train} on a cluster of real executor processes on this
 * machine, and reads its history; {@link io.squadron.jobs.bench.sync.SumsBench} holds the sum of a long vector against what
 * a plain pair of sockets moves.
 */
package io.squadron.jobs.bench.sync;
