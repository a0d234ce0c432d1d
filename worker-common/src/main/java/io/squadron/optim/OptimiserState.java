package io.squadron.optim;

import java.util.ArrayList;
import java.util.List;

/** What an optimiser remembers: how many updates it made, and one vector per slot. Owned and changed by one replica. */
public final class OptimiserState {
    private final List<float[]> slots;
    private long updates;

    private OptimiserState(long updates, List<float[]> slots) {
        this.updates = updates;
        this.slots = List.copyOf(slots);
    }

    /** The state before the first update. */
    public static OptimiserState fresh(Optimiser optimiser, int length) {
        List<float[]> slots = new ArrayList<>();
        optimiser.slots().forEach(name -> slots.add(new float[length]));
        return new OptimiserState(0, slots);
    }

    /** The state after {@code updates} updates, with vectors read back from a checkpoint. */
    public static OptimiserState restored(long updates, List<float[]> slots) {
        return new OptimiserState(updates, slots);
    }

    public long updates() {
        return updates;
    }

    /** The live vectors, in the order of {@link Optimiser#slots()}. */
    public List<float[]> slots() {
        return slots;
    }

    long advance() {
        return ++updates;
    }
}
