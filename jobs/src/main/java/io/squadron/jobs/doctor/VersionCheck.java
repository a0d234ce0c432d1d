package io.squadron.jobs.doctor;

/**
 * Whether a library is there, in a version that Squadron was tested with.
 *
 * @param library its name, for people
 * @param found its version; empty where it is not on the class path
 * @param wanted how a fitting version begins
 */
record VersionCheck(String library, String found, String wanted) implements Check {
    @Override
    public Finding examine() {
        String name = library.toLowerCase(java.util.Locale.ROOT);
        if (found.isEmpty()) {
            return Finding.fail(
                    name,
                    "not on the class path",
                    "Start with ./squadron, or with the spark-submit of a Spark 3.5 for Scala 2.12");
        }
        return found.startsWith(wanted)
                ? Finding.ok(name, found)
                : Finding.warn(
                        name, found, "Tested with " + library + " " + wanted + "*; use that if something is odd");
    }
}
