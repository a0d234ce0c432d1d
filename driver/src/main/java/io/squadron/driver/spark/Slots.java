package io.squadron.driver.spark;

import io.squadron.failure.Failure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaSparkContext;

/** How many tasks can run at once: all replicas of a round must. */
public final class Slots {
    private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\d+|\\*)(?:\\s*,\\s*\\d+)?])?");

    private Slots() {}

    /** Fails unless {@code replicas} tasks can run at once. */
    static void require(JavaSparkContext spark, int replicas) {
        int slots = of(spark.master());
        if (replicas > slots) {
            throw Failure.resources(
                    "Cannot run %d replicas at once: %s has %d slots. Set training.replicas to %d, or start with "
                            + "--master local[%d]",
                    replicas, spark.master(), slots, slots, replicas);
        }
    }

    /** Whether tasks are threads of this JVM. */
    static boolean local(String master) {
        return LOCAL.matcher(master).matches();
    }

    /** Slots of a local master; for a cluster, which may yet grow, as many as one likes. */
    public static int of(String master) {
        Matcher matcher = LOCAL.matcher(master);
        if (!matcher.matches()) {
            return Integer.MAX_VALUE;
        }
        if (matcher.group(1) == null) {
            return 1;
        }
        return matcher.group(1).equals("*")
                ? Runtime.getRuntime().availableProcessors()
                : Integer.parseInt(matcher.group(1));
    }
}
