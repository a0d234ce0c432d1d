package io.squadron.jobs.doctor;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Whether the native libraries load and compute.
 *
 * @param product the product of [[1, 2], [3, 4]] and [[5, 6], [7, 8]], row by row, from the native library
 * @param jar where that library comes from
 */
record NativeCheck(Supplier<double[]> product, String jar) implements Check {
    private static final double[] EXPECTED = {19, 22, 43, 50};

    @Override
    public Finding examine() {
        try {
            double[] found = product.get();
            if (Arrays.equals(found, EXPECTED)) {
                return Finding.ok("native libraries", "ND4J multiplies matrices");
            }
            return Finding.fail(
                    "native libraries",
                    "ND4J computes " + Arrays.toString(found) + ", not " + Arrays.toString(EXPECTED),
                    "The library of " + jar + " does not fit this CPU; report it with the output of doctor");
        } catch (Exception | LinkageError e) {
            return Finding.fail(
                    "native libraries",
                    deepest(e),
                    "Look at " + jar + ": it needs the classifier of this system (linux-x86_64), glibc 2.17 or newer, "
                            + "and a writable ~/.javacpp/cache (-Dorg.bytedeco.javacpp.cachedir=DIR)");
        }
    }

    private static String deepest(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
