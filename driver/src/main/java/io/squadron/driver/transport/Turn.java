package io.squadron.driver.transport;

/** Which exchange: the {@code number}-th, from 0, of a sequence in which all ranks make the same ones. */
record Turn(Sequence sequence, int number) {
    /** Exchanges of different sequences keep no order. */
    enum Sequence {
        /** Those for which the caller waits at once. */
        CALLS,
        /** Those that go on while the caller does other things. */
        BACKGROUND
    }
}
