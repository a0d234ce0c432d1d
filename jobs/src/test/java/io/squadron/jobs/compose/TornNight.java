package io.squadron.jobs.compose;

import io.squadron.driver.registry.Stage;
import io.squadron.jobs.config.ConfigSource;
import io.squadron.jobs.config.JobConfig;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A night that ends in the middle, as if its process had died there, but for the lease. */
public final class TornNight {
    private static final Map<String, String> SHORTS =
            Map.of("--from", "prepare.source", "--registry", "retrain.registry", "--id", "retrain.id");

    private TornNight() {}

    /** What nothing catches. */
    private static final class Torn extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Runs {@code retrain} with {@code arguments} until the record of {@code stage} is there. */
    public static void after(Class<? extends Stage> stage, List<String> arguments) {
        List<ConfigSource> sources = new ArrayList<>();
        for (int i = 1; i < arguments.size(); i += 2) {
            String value = arguments.get(i + 1);
            sources.add(
                    arguments.get(i).equals("--set")
                            ? ConfigSource.Setting.parse(value)
                            : new ConfigSource.Setting(SHORTS.get(arguments.get(i)), value, value));
        }
        JobConfig config = JobConfig.load(sources);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        try (Cluster cluster = Cluster.start("torn night")) {
            new Retraining(cluster, config, Clock.systemUTC(), nowhere, committed -> {
                        if (stage.isInstance(committed)) {
                            throw new Torn();
                        }
                    })
                    .run(config.retrain().id());
            throw new IllegalStateException("The night reached its end");
        } catch (Torn expected) {
            // as it was to be
        }
    }
}
