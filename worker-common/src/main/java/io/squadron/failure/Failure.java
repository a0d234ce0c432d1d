package io.squadron.failure;

import java.util.Locale;

/**
 * An error whose cause lies outside the code: it names the thing, the value found, what was expected and the remedy.
 * Anything else that is thrown is a bug of Squadron's own.
 *
 * <p>The message reads {@code "Cannot <do> <what>: <found> (expected <expected>). <remedy>."}
 */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, by what the person at the keyboard has to change. */
    public enum Kind {
        /** The command line or the configuration asks for something impossible. */
        USAGE(2),
        /** The images or the dataset are missing, damaged or unfit. */
        DATA(3),
        /** A checkpoint, model or run directory is missing, damaged or of another run. */
        STATE(4),
        /** The machine or cluster lacks slots, memory, disk, a library or a right. */
        RESOURCES(5),
        /** A replica was lost, or did not answer before its deadline. */
        REPLICA(6),
        /** The numbers broke: NaN, infinity, or replicas that differ. */
        NUMERIC(7),
        /** A run left before its end because it was asked to; what it did is saved. */
        STOPPED(8);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        /** The exit code of a process that ends with this failure. */
        public int exitCode() {
            return exitCode;
        }
    }

    private final Kind kind;

    private Failure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** This failure with {@code cause} kept below it. */
    public Failure causedBy(Throwable cause) {
        return new Failure(kind, getMessage(), cause);
    }

    public static Failure usage(String format, Object... values) {
        return of(Kind.USAGE, format, values);
    }

    public static Failure data(String format, Object... values) {
        return of(Kind.DATA, format, values);
    }

    public static Failure state(String format, Object... values) {
        return of(Kind.STATE, format, values);
    }

    public static Failure resources(String format, Object... values) {
        return of(Kind.RESOURCES, format, values);
    }

    public static Failure replica(String format, Object... values) {
        return of(Kind.REPLICA, format, values);
    }

    public static Failure numeric(String format, Object... values) {
        return of(Kind.NUMERIC, format, values);
    }

    public static Failure stopped(String format, Object... values) {
        return of(Kind.STOPPED, format, values);
    }

    /** A failure of {@code kind} whose message is {@code format} filled with {@code values}, as {@link String#format}. */
    public static Failure of(Kind kind, String format, Object... values) {
        String message = values.length == 0 ? format : String.format(Locale.ROOT, format, values);
        return new Failure(kind, message, null);
    }
}
