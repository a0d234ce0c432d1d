package io.squadron.jobs.compose;

import io.squadron.driver.checkpoint.Checkpoint;
import io.squadron.driver.checkpoint.LatestCheckpoint;
import io.squadron.driver.experiment.Repetition;
import io.squadron.failure.Failure;
import io.squadron.jobs.config.ConfigSource;
import io.squadron.jobs.config.JobConfig;
import io.squadron.replica.StateFiles;
import io.squadron.storage.Checksum;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The job reproduce: says what differs between there and here, repeats a run up to its last checkpoint in a directory of its
 * own, and compares losses, metrics and weights bit by bit. Where nothing differs and the bits do, it fails.
 */
public final class Reproduction {
    /** Facts that say when and where from, and no number depends on. */
    private static final Set<String> CIRCUMSTANCES = Set.of("started", "dataset");

    private static final int HASHED_AT_ONCE = 1 << 14;

    private final Cluster cluster;
    private final RunDirectory original;
    private final RunDirectory repeated;
    private final Checkpoint end;
    private final Training training;

    /** @param sources laid over the run's own configuration */
    public Reproduction(Cluster cluster, String run, String out, List<ConfigSource> sources) {
        this.cluster = cluster;
        this.original = new RunDirectory(cluster.storage(), run);
        this.repeated = new RunDirectory(cluster.storage(), out);
        this.end = last(original);
        List<ConfigSource> all = new ArrayList<>();
        all.add(new ConfigSource.Text("configuration of " + run, end.configuration()));
        all.addAll(sources);
        all.add(new ConfigSource.Setting("run", out, "--out " + out));
        JobConfig config = JobConfig.load(all);
        this.training = new Training(cluster, config);
        if (!training.fingerprint().equals(end.datasetFingerprint())) {
            throw Failure.state(
                    "Cannot reproduce %s on dataset %s: its fingerprint is %s (expected %s). Name the dataset of the run "
                            + "by --dataset",
                    run, config.dataset(), training.fingerprint(), end.datasetFingerprint());
        }
    }

    private static Checkpoint last(RunDirectory run) {
        if (run.checkpoints().latest() instanceof LatestCheckpoint.Found found) {
            return found.checkpoint();
        }
        throw Failure.state(
                "Cannot find an end in %s: it holds no good checkpoint (expected the directory of a run). Train first",
                run.uri());
    }

    /** Repeats and compares; an interrupted repetition in the same directory is gone on with. */
    public String run(PrintStream progress) {
        List<String> differences = differences();
        progress.println(
                differences.isEmpty()
                        ? "  nothing that is recorded differs here"
                        : "  differs here: " + String.join("; ", differences));
        training.reachStep(end.state().step(), progress);
        Repetition repetition = new Repetition(side(original, end), side(repeated, last(repeated)));
        String words = repetition.words();
        if (!repetition.exact() && differences.isEmpty()) {
            throw Failure.numeric(
                    "Cannot reproduce %s, although nothing that is recorded differs here. %s", original.uri(), words);
        }
        return words + (differences.isEmpty() ? "" : "  differs here: " + String.join("; ", differences) + "\n")
                + "repetition: " + repeated.uri();
    }

    private List<String> differences() {
        Map<String, String> there = end.provenance();
        Map<String, String> here = training.provenance();
        TreeSet<String> names = new TreeSet<>(there.keySet());
        names.addAll(here.keySet());
        names.removeAll(CIRCUMSTANCES);
        return names.stream()
                .filter(name -> !there.getOrDefault(name, "unknown").equals(here.getOrDefault(name, "unknown")))
                .map(name -> "%s was %s, is %s"
                        .formatted(name, there.getOrDefault(name, "unknown"), here.getOrDefault(name, "unknown")))
                .toList();
    }

    private Repetition.Side side(RunDirectory run, Checkpoint last) {
        return new Repetition.Side(run.losses().read(last.state().step()), weights(last), last.metrics());
    }

    /** SHA-256 of the weights as big-endian floats, however many parts they lie in. */
    private String weights(Checkpoint checkpoint) {
        float[] weights = new float[checkpoint.model().spec().layout().length()];
        new StateFiles(cluster.storage()).read(checkpoint.state(), List.of("weights"), List.of(weights));
        MessageDigest digest = Checksum.digest();
        for (int from = 0; from < weights.length; from += HASHED_AT_ONCE) {
            int count = Math.min(HASHED_AT_ONCE, weights.length - from);
            ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES);
            bytes.asFloatBuffer().put(weights, from, count);
            digest.update(bytes);
        }
        return Checksum.hex(digest.digest());
    }
}
