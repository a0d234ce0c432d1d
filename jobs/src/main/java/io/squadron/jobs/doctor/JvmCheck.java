package io.squadron.jobs.doctor;

/**
 * Whether this Java can run Squadron and Spark 3.5.
 *
 * @param feature the version's first number
 * @param name vendor and full version, for the table
 */
record JvmCheck(int feature, String name) implements Check {
    private static final int WANTED = 17;

    @Override
    public Finding examine() {
        if (feature < WANTED) {
            return Finding.fail("java", name, "Set JAVA_HOME to a Java 17");
        }
        if (feature > WANTED) {
            return Finding.warn("java", name, "Spark 3.5 is made for Java 17 at most; set JAVA_HOME to one");
        }
        return Finding.ok("java", name);
    }
}
