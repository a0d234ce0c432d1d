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
    /** The kinds of exchange. */
    enum Verb {
        SUM,
        GATHER,
        BROADCAST,
        END
    }

    /** An exchange by what all ranks must agree on; gathers, whose lengths may differ, have length 0. */
    record Call(String what, Verb verb, int root, int length) {
        @Override
        public String toString() {
            String name = "'" + what + "'";
            return switch (verb) {
                case SUM -> "sum " + name + " of " + length + " values";
                case GATHER -> "gather " + name;
                case BROADCAST -> "broadcast " + name + " of " + length + " values from rank " + root;
                case END -> "the end of " + name;
            };
        }
    }

    private static final float[] NO_FLOATS = {};
    private static final double[] NO_DOUBLES = {};

    static Offer sum(String what, float[] values, int offset, int length) {
        return new Offer(new Call(what, Verb.SUM, 0, length), values, offset, NO_DOUBLES);
    }

    static Offer gather(String what, double[] mine) {
        return new Offer(new Call(what, Verb.GATHER, 0, 0), NO_FLOATS, 0, mine.clone());
    }

    static Offer broadcast(String what, int root, float[] values, int offset, int length) {
        return new Offer(new Call(what, Verb.BROADCAST, root, length), values, offset, NO_DOUBLES);
    }

    static Offer end(String what) {
        return new Offer(new Call(what, Verb.END, 0, 0), NO_FLOATS, 0, NO_DOUBLES);
    }
}
