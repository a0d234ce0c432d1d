package io.squadron.replica;

import java.util.List;

/**
 * What a replica remembers of the state in which its last round began, so that a round which is lost with one replica can
 * be repeated by the others. Its arrays are used again for the next round. One thread.
 */
final class StateCopy {
    private List<float[]> vectors = List.of();
    private long updates;
    private long hash;
    private long step = ReplicaHome.NOWHERE;

    /** The step at which the remembered state stands. */
    long step() {
        return step;
    }

    /** Hash of the remembered state; 0 if it is that of a checkpoint or of the beginning. */
    long hash() {
        return hash;
    }

    /** Remembers {@code state}, which stands at {@code now} and has hash {@code known}. */
    void remember(ReplicaState state, long now, long known) {
        step = ReplicaHome.NOWHERE;
        List<float[]> live = state.vectors();
        if (vectors.size() != live.size()) {
            vectors = live.stream().map(float[]::clone).toList();
        } else {
            copy(live, vectors);
        }
        updates = state.optimiser().updates();
        hash = known;
        step = now;
    }

    /** Makes {@code state} what was remembered. */
    void restore(ReplicaState state) {
        copy(vectors, state.vectors());
        state.restoreUpdates(updates);
    }

    private static void copy(List<float[]> from, List<float[]> to) {
        for (int i = 0; i < from.size(); i++) {
            System.arraycopy(from.get(i), 0, to.get(i), 0, from.get(i).length);
        }
    }
}
