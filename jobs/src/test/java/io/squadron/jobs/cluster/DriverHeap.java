package io.squadron.jobs.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What lives in the driver's heap, after a full collection, while a run of many short rounds goes on. */
record DriverHeap(Map<Integer, Long> liveBytesByRound) {
    private static final int EPOCHS = 30;
    /** Rounds of one step. */
    static final int ROUNDS = EPOCHS * Trial.STEPS;

    private static final int EVERY = 20;
    private static final Pattern TOTAL = Pattern.compile("^Total\\s+\\d+\\s+(\\d+)", Pattern.MULTILINE);

    /** Trains {@link #ROUNDS} rounds on {@code trial}'s cluster and looks every twenty. */
    static DriverHeap of(Trial trial) {
        Map<Integer, Long> live = new TreeMap<>();
        String every = EPOCHS + "ep";
        try (Program run = trial.train(
                "rounds",
                "training.epochs=" + EPOCHS,
                "training.round=1st",
                "training.evaluate-every=" + every,
                "checkpoint.every=" + every)) {
            for (int round = EVERY; round <= ROUNDS; round += EVERY) {
                Trial.awaitRound(run, round);
                live.put(round, liveBytes(run.handle()));
            }
            Trial.require(run);
        }
        return new DriverHeap(live);
    }

    /** Bytes of all objects that are reachable; the histogram begins with a full collection. */
    private static long liveBytes(ProcessHandle process) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process histogram = new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            String table = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher total = TOTAL.matcher(table);
            if (!total.find()) {
                throw new IllegalStateException("Cannot read the histogram: " + table);
            }
            return Long.parseLong(total.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
