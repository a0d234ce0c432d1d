package io.squadron.replica;

import io.squadron.collective.Collective;
import io.squadron.failure.Failure;
import io.squadron.model.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether the replicas are one model when a round ends: they compare hashes of their whole states, and only if those differ
 * the hash of each slice, to say where.
 */
record StateAgreement(List<String> vectorNames, RoundTask task, Collective collective) {
    /** What is compared where the states differ: the update count, or one slice of one vector. */
    private record Part(String name, long hash) {}

    /** Returns {@code hash}, that of {@code state}, if all ranks have it; else stops the round before it is saved. */
    long require(ReplicaState state, long hash) {
        double[][] hashes = gather("state hash at step " + task.endStep(), new long[] {hash});
        int other = firstUnlike(hashes);
        if (other == 0) {
            return hash;
        }
        throw Failure.numeric(
                "Cannot end round %d: after step %d the state of rank %d differs from that of rank 0, first in %s. "
                        + "Nothing of the round is kept, the state of its beginning (step %d) is. "
                        + "Resume from the last checkpoint, and report it: replicas must never part",
                task.round(), task.endStep() - 1, other, firstDifference(state), task.startStep());
    }

    /** The first part in which some rank differs, and which. */
    private String firstDifference(ReplicaState state) {
        List<Part> parts = parts(state);
        double[][] all = gather(
                "slice hashes at step " + task.endStep(),
                parts.stream().mapToLong(Part::hash).toArray());
        for (int part = 0; part < parts.size(); part++) {
            for (int rank = 1; rank < all.length; rank++) {
                if (!Arrays.equals(half(all[rank], part), half(all[0], part))) {
                    return "%s (rank %d)".formatted(parts.get(part).name(), rank);
                }
            }
        }
        return "no slice (the hashes of all of them are equal)";
    }

    private static double[] half(double[] packed, int part) {
        return Arrays.copyOfRange(packed, 2 * part, 2 * part + 2);
    }

    private List<Part> parts(ReplicaState state) {
        List<Part> parts = new ArrayList<>();
        List<float[]> vectors = state.vectors();
        for (int v = 0; v < vectors.size(); v++) {
            for (Slice slice : state.weights().layout().slices()) {
                long hash = StateHash.of(vectors.get(v), slice.offset(), slice.end());
                parts.add(new Part(vectorNames.get(v) + " of " + slice.name(), hash));
            }
        }
        parts.add(new Part("the number of updates", state.optimiser().updates()));
        return parts;
    }

    private static int firstUnlike(double[][] all) {
        for (int rank = 1; rank < all.length; rank++) {
            if (!Arrays.equals(all[rank], all[0])) {
                return rank;
            }
        }
        return 0;
    }

    private double[][] gather(String what, long[] values) {
        // Two halves, because a double holds only 53 bits exactly.
        double[] packed = new double[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            packed[2 * i] = values[i] >>> 32;
            packed[2 * i + 1] = values[i] & 0xFFFF_FFFFL;
        }
        return collective.allGather(what, packed);
    }
}
