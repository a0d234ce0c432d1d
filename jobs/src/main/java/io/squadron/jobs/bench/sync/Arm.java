package io.squadron.jobs.bench.sync;

import java.util.List;

/**
 * One way to spend the same two cores.
 *
 * @param name for people
 * @param executors processes, with one replica each
 * @param cores of each
 * @param batchNorm {@code training.batch-norm}
 */
record Arm(String name, int executors, int cores, String batchNorm) {
    static final Arm ALONE = new Arm("one executor, two cores", 1, 2, "exact");
    static final Arm EXACT = new Arm("two executors, exact batch norm", 2, 1, "exact");
    static final Arm LOCAL = new Arm("two executors, local batch norm", 2, 1, "local");

    static List<Arm> all() {
        return List.of(ALONE, EXACT, LOCAL);
    }

    /** Heap of an executor in MiB: weights, gradient, momentum and a copy of the state several times over. */
    private static final int HEAP = 1800;

    /** Options of spark-submit. */
    String spark() {
        return ("--master local-cluster[%d,%d,%d] --conf spark.executor.memory=%dm --conf spark.executor.cores=%d"
                        + " --conf spark.executor.extraJavaOptions=-XX:+UseTransparentHugePages")
                .formatted(executors, cores, HEAP + 512, HEAP, cores);
    }
}
