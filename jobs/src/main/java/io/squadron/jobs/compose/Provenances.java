package io.squadron.jobs.compose;

import io.squadron.dataset.DatasetIndex;
import io.squadron.jobs.config.JobConfig;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Where a result comes from: facts by name, for checkpoints and reports. */
final class Provenances {
    private Provenances() {}

    static Map<String, String> of(JobConfig config, DatasetIndex index, String engine, String spark) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("squadron", version());
        facts.put("spark", spark);
        facts.put("java", System.getProperty("java.version") + " " + System.getProperty("java.vendor"));
        facts.put(
                "machine",
                "%s %s, %d cores"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.arch"),
                                Runtime.getRuntime().availableProcessors()));
        facts.put("engine", engine);
        facts.put("seed", Long.toString(config.seed()));
        facts.put("dataset", config.dataset());
        facts.put("dataset fingerprint", index.fingerprint());
        facts.put(
                "replicas",
                "%d of %d threads"
                        .formatted(
                                config.training().replicas(), config.training().threads()));
        facts.put("started", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        return facts;
    }

    static String version() {
        Properties properties = new Properties();
        try (InputStream in = Provenances.class.getResourceAsStream("/io/squadron/jobs/version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new IllegalStateException("the jar holds its version", e);
        }
        return properties.getProperty("version");
    }
}
