package io.squadron.jobs.compose;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import io.squadron.driver.checkpoint.Checkpoint;
import io.squadron.failure.Failure;
import io.squadron.jobs.config.JobConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether a run can go on with this configuration and dataset and still be the same run. The number of replicas, threads
 * and the like may change between two starts; what the numbers depend on may not.
 */
final class ResumeCheck {
    private static final List<String> FREE = List.of(
            "squadron.run",
            "squadron.dataset",
            "squadron.input.cache-memory",
            "squadron.input.cache-disk",
            "squadron.training.replicas",
            "squadron.training.threads",
            "squadron.training.decode-threads",
            "squadron.training.replica-timeout",
            "squadron.training.early-stopping",
            "squadron.checkpoint.",
            "squadron.evaluation.",
            "squadron.prepare.",
            "squadron.predict.",
            "squadron.retrain.",
            "squadron.report.");

    private ResumeCheck() {}

    static void require(Checkpoint checkpoint, JobConfig now, String fingerprint) {
        if (!checkpoint.datasetFingerprint().equals(fingerprint)) {
            throw Failure.state(
                    "Cannot resume %s on dataset %s: its fingerprint is %s (expected %s). "
                            + "The run was started on other data: restore that, or start a new run",
                    now.run(), now.dataset(), fingerprint, checkpoint.datasetFingerprint());
        }
        // A key that is younger than the checkpoint has for its default what there was before it.
        Map<String, String> before =
                new HashMap<>(flat(JobConfig.load(List.of()).resolved()));
        before.putAll(flat(checkpoint.configuration()));
        Map<String, String> after = flat(now.resolved());
        List<String> changed = new TreeSet<>(before.keySet())
                .stream()
                        .filter(key -> !mayChange(key))
                        .filter(key -> !before.getOrDefault(key, "").equals(after.getOrDefault(key, "")))
                        .map(key -> key + " was " + before.get(key) + ", is " + after.get(key))
                        .toList();
        if (!changed.isEmpty()) {
            throw Failure.state(
                    "Cannot resume %s: the configuration has changed (%s). Set it back, or start a new run",
                    now.run(), String.join("; ", changed));
        }
    }

    /** Whether a run that goes on may have another value there; {@code key} begins with "squadron.". */
    static boolean mayChange(String key) {
        return FREE.stream().anyMatch(key::startsWith);
    }

    /** Values by whole key, as text. */
    static Map<String, String> flat(String text) {
        Config config = ConfigFactory.parseString(text);
        return config.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> render(entry.getValue())));
    }

    private static String render(ConfigValue value) {
        return String.valueOf(value.unwrapped());
    }
}
