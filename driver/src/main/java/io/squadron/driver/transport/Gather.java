package io.squadron.driver.transport;

/** Keeps what all ranks have brought; each rank's {@link Offer} is its own. */
final class Gather implements Work {
    private volatile Offer[] all = {};

    @Override
    public void assembled(Running running, Offer[] offers) {
        all = offers;
        running.finish();
    }

    /** The vectors, by rank. // [ranks, values of that rank] */
    double[][] vectors() {
        double[][] vectors = new double[all.length][];
        for (int rank = 0; rank < vectors.length; rank++) {
            vectors[rank] = all[rank].doubles();
        }
        return vectors;
    }
}
