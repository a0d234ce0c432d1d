package io.squadron.collective;

/**
 * What one rank brings to an exchange.
 *
 * @param call what it believes the exchange is; must be equal on all ranks
 * @param floats its vector, for sums and broadcasts; shared with the other ranks until the exchange has ended
 * @param offset where the vector begins in {@code floats}
 * @param doubles its vector, for gathers; a copy of its own
 */
record Offer(Call call, float[] floats, int offset, double[] doubles) {
    private static final float[] NO_FLOATS = {};
    private static final double[] NO_DOUBLES = {};

    static Offer sum(String what, float[] values, int offset, int length) {
        return new Offer(Call.sum(what, length), values, offset, NO_DOUBLES);
    }

    static Offer gather(String what, double[] mine) {
        return new Offer(Call.gather(what), NO_FLOATS, 0, mine.clone());
    }

    static Offer broadcast(String what, int root, float[] values, int offset, int length) {
        return new Offer(Call.broadcast(what, root, length), values, offset, NO_DOUBLES);
    }

    static Offer end(String what) {
        return new Offer(Call.end(what), NO_FLOATS, 0, NO_DOUBLES);
    }
}
