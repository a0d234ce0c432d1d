package io.squadron.jobs.cluster;

import io.squadron.jobs.RealJobs;
import io.squadron.storage.Checksum;
import io.squadron.storage.Storage;
import io.squadron.storage.StoredFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The smallest training that is still one: resnet18 on a few synthetic images of 32 pixels, on executors of one core each,
 * submitted through {@code ./squadron} as a person does.
 *
 * @param scratch where what the processes say goes
 * @param root URI under which images, dataset and runs lie
 * @param submit options of spark-submit, master included
 * @param environment of the submitting process
 */
record Trial(Path scratch, String root, String submit, Map<String, String> environment) {
    /** Steps of an epoch, which is a round; the last one has a quarter of a batch. */
    static final int STEPS = 7;

    static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int IMAGES = 60;
    private static final Pattern ROUND = Pattern.compile("^epoch \\d+/\\d+ {2}step (\\d+)/\\d+ ", Pattern.MULTILINE);

    private static final List<String> ON_THIS_MACHINE = List.of(
            "--conf spark.ui.enabled=false",
            "--conf spark.driver.host=127.0.0.1",
            "--conf spark.driver.bindAddress=127.0.0.1");
    /** A lost executor is noticed within seconds. */
    private static final List<String> PROMPT = List.of(
            "--conf spark.executor.heartbeatInterval=2s",
            "--conf spark.network.timeout=20s",
            "--conf spark.network.timeoutInterval=2s");

    /** On {@code cluster}, with {@code further} options of spark-submit. */
    static Trial on(StandaloneCluster cluster, Path scratch, String root, String... further) {
        List<String> submit = new ArrayList<>(List.of(
                "--master " + cluster.url(),
                "--executor-cores 1 --executor-memory 1g",
                "--conf spark.executor.extraJavaOptions=-Djava.io.tmpdir=" + cluster.temporary()));
        submit.addAll(PROMPT);
        submit.addAll(List.of(further));
        return submittedWith(scratch, root, submit, cluster.temporary());
    }

    /** The replicas as threads of the driver. */
    static Trial local(Path scratch, String root, Path temporary) {
        return submittedWith(scratch, root, List.of("--master local[2]"), temporary);
    }

    /** With {@code submit} as options of spark-submit. */
    static Trial submittedWith(Path scratch, String root, List<String> submit, Path temporary) {
        Map<String, String> environment = Map.of(
                "SQUADRON_HEAP",
                "1g",
                "SQUADRON_JAVA_OPTS",
                "-Djava.io.tmpdir=" + temporary,
                "SPARK_LOCAL_DIRS",
                temporary.toString());
        String options = String.join(" ", ON_THIS_MACHINE) + " " + String.join(" ", submit);
        return new Trial(scratch, root, options, environment);
    }

    /** The same with {@code further} in the environment of the submitting process. */
    Trial with(Map<String, String> further) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(further);
        return new Trial(scratch, root, submit, all);
    }

    /** Draws the images and prepares the dataset. */
    void prepare() {
        RealJobs.draw(storage(), root + "/images", IMAGES, List.of("circle", "square"));
        try (Program prepare = submitted(
                "prepare",
                List.of("prepare", "--from", root + "/images", "--out", root + "/dataset"),
                List.of("prepare.validation-share=0.2"))) {
            require(prepare);
        }
    }

    /** Fails unless {@code program} ends well. */
    static void require(Program program) {
        int code = program.ended(PATIENCE);
        if (code != 0) {
            throw new IllegalStateException("Exit code %d; it said %s".formatted(code, program.said()));
        }
    }

    /**
     * Starts training.
     *
     * @param run its name
     * @param settings over those of the trial
     */
    Program train(String run, String... settings) {
        return train(run, List.of("train"), settings);
    }

    Program resume(String run, String... settings) {
        return train(run, List.of("train", "--resume"), settings);
    }

    private Program train(String run, List<String> verb, String... settings) {
        List<String> command = new ArrayList<>(verb);
        command.addAll(List.of("--dataset", root + "/dataset", "--run", root + "/" + run));
        List<String> all = new ArrayList<>(
                List.of("training.engine=onednn", "training.global-batch=16", "training.replica-timeout=30 s"));
        all.addAll(List.of(settings));
        return submitted(run + "-" + verb.size(), command, all);
    }

    private Program submitted(String name, List<String> command, List<String> settings) {
        List<String> line = new ArrayList<>();
        line.add(StandaloneCluster.HOME.resolve("squadron").toString());
        line.addAll(List.of("--spark", submit));
        line.addAll(RealJobs.small(command, settings));
        return Program.start(scratch.resolve(name + ".txt"), line, new HashMap<>(environment));
    }

    /** The steps at which the rounds ended that {@code program} told of, in that order. */
    static List<Integer> rounds(Program program) {
        List<Integer> ends = new ArrayList<>();
        Matcher matcher = ROUND.matcher(program.said());
        while (matcher.find()) {
            ends.add(Integer.valueOf(matcher.group(1)));
        }
        return ends;
    }

    /** Waits until {@code program} tells of the end of the round that ends at {@code step}. */
    static void awaitRound(Program program, int step) {
        program.await(Pattern.compile("^epoch \\d+/\\d+ {2}step " + step + "/", Pattern.MULTILINE), PATIENCE);
    }

    /** SHA-256 of each part of the state at {@code step}, by name; one part a replica. */
    Map<String, String> parts(String run, int step) {
        Map<String, String> parts = new TreeMap<>();
        String directory = "%s/%s/checkpoints/step-%012d".formatted(root, run, step);
        for (StoredFile file : storage().list(directory)) {
            if (file.name().endsWith(".sqd")) {
                byte[] digest = Checksum.digest().digest(storage().read(file.uri()));
                parts.put(file.name(), HexFormat.of().formatHex(digest));
            }
        }
        return parts;
    }

    private static Storage storage() {
        return Storage.of(Map.of());
    }
}
