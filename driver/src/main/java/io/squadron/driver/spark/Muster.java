package io.squadron.driver.spark;

/** Decides with how many ranks a round runs, while executors come and go. Knows no Spark and no clock. One thread. */
final class Muster {
    private final Staffing staffing;
    private int accepted;
    private boolean lacking;
    private long lackingSince;

    /** What to do now. */
    sealed interface Decision {
        /** Begin with that many ranks. */
        record Go(int ranks) implements Decision {}

        /** Look again soon. */
        record Wait() implements Decision {}

        /** Give up: the wait is over, and there are fewer than the minimum. */
        record TooFew() implements Decision {}
    }

    Muster(Staffing staffing) {
        this.staffing = staffing;
        this.accepted = staffing.replicas();
    }

    /**
     * What to do with {@code slots} at {@code nanos}. Who has once waited in vain goes on with as many as there are, without
     * waiting again unless still more are lost; as soon as there are enough for all replicas, all are used.
     */
    Decision decide(int slots, long nanos) {
        if (slots >= accepted) {
            return go(Math.min(slots, staffing.replicas()));
        }
        if (!lacking) {
            lacking = true;
            lackingSince = nanos;
        }
        if (nanos - lackingSince < staffing.patience().toNanos()) {
            return new Decision.Wait();
        }
        return slots >= staffing.minimum() ? go(slots) : new Decision.TooFew();
    }

    private Decision go(int ranks) {
        accepted = ranks;
        lacking = false;
        return new Decision.Go(ranks);
    }
}
