package io.squadron.collective;

/**
 * An exchange by what all ranks must agree on.
 *
 * @param what its name, which the caller gave
 * @param root the rank whose values a broadcast spreads; 0 otherwise
 * @param length number of values; 0 for gathers, whose lengths may differ
 */
public record Call(String what, Verb verb, int root, int length) {
    /** The kinds of exchange. */
    public enum Verb {
        SUM,
        GATHER,
        BROADCAST,
        END
    }

    public static Call sum(String what, int length) {
        return new Call(what, Verb.SUM, 0, length);
    }

    public static Call gather(String what) {
        return new Call(what, Verb.GATHER, 0, 0);
    }

    public static Call broadcast(String what, int root, int length) {
        return new Call(what, Verb.BROADCAST, root, length);
    }

    static Call end(String what) {
        return new Call(what, Verb.END, 0, 0);
    }

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
