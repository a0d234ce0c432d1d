package io.squadron.jobs.doctor;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether all replicas can run at once: a barrier stage starts only when each has a slot.
 *
 * @param master Spark's master, such as local[2] or yarn; empty where it is not known here
 * @param cores of this machine
 * @param replicas of the configuration
 * @param threads of each replica
 */
record SlotsCheck(String master, int cores, int replicas, int threads) implements Check {
    private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\*|\\d+)(?:,\\s*\\d+)?])?");

    @Override
    public Finding examine() {
        OptionalInt slots = slots();
        String wanted = "%d replicas of %d threads".formatted(replicas, threads);
        if (slots.isEmpty()) {
            String where = master.isEmpty() ? "no Spark master known here" : "master " + master;
            return Finding.ok("slots", wanted + " wanted; " + where + ": slots are counted when the job starts");
        }
        String found = "%s on %d slots, %d cores".formatted(wanted, slots.getAsInt(), cores);
        if (replicas > slots.getAsInt()) {
            return Finding.fail(
                    "slots",
                    found,
                    "Use --master local[%d] or more, or --set training.replicas=%d"
                            .formatted(replicas, slots.getAsInt()));
        }
        if ((long) replicas * threads > cores) {
            return Finding.warn(
                    "slots", found, "They share the cores; --set training.threads=" + Math.max(1, cores / replicas));
        }
        return Finding.ok("slots", found);
    }

    private OptionalInt slots() {
        Matcher local = LOCAL.matcher(master);
        if (!local.matches()) {
            return OptionalInt.empty();
        }
        String number = local.group(1);
        return OptionalInt.of(number == null ? 1 : number.equals("*") ? cores : Integer.parseInt(number));
    }
}
