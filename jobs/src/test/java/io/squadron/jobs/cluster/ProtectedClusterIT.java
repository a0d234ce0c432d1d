package io.squadron.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster on which every connection is authenticated and encrypted. */
@Tag("soak")
class ProtectedClusterIT {
    private static final Map<String, String> PROTECTION = Map.of(
            "spark.authenticate", "true",
            "spark.authenticate.secret", "of-this-test-only",
            "spark.network.crypto.enabled", "true");

    @TempDir
    private static Path scratch;

    @Test
    void aRunEndsAsItDoesInOneProcess() {
        try (StandaloneCluster cluster = StandaloneCluster.start(scratch.resolve("cluster"), 2, PROTECTION)) {
            String root = scratch.toUri() + "trial";
            String[] options = PROTECTION.entrySet().stream()
                    .map(entry -> "--conf " + entry.getKey() + "=" + entry.getValue())
                    .toArray(String[]::new);
            Trial local = Trial.local(scratch, root, cluster.temporary());
            local.prepare();
            try (Program inThreads = local.train("threads", "training.epochs=2")) {
                Trial.require(inThreads);
            }
            Trial trial = Trial.on(cluster, scratch, root, options);
            try (Program inExecutors = trial.train("protected", "training.epochs=2")) {
                Trial.awaitRound(inExecutors, Trial.STEPS);
                assertThat(cluster.executors()).as("executors").hasSize(2);
                Trial.require(inExecutors);
            }
            int last = 2 * Trial.STEPS;
            assertThat(trial.parts("protected", last))
                    .as("parts of the state")
                    .hasSize(2)
                    .isEqualTo(trial.parts("threads", last));
        }
    }
}
