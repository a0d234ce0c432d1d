package io.squadron.jobs.compose;

import io.squadron.driver.registry.Night;
import io.squadron.driver.registry.Registry;
import io.squadron.driver.registry.Stage;
import io.squadron.jobs.config.ConfigSource;
import io.squadron.jobs.config.JobConfig;
import io.squadron.storage.Storage;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the stages of a night work with.
 *
 * @param out progress for people
 */
record NightWork(Cluster cluster, JobConfig config, Registry registry, Night night, PrintStream out) {
    Storage storage() {
        return registry.storage();
    }

    Stage.Begun begun() {
        return night.find(Stage.Begun.class).orElseThrow();
    }

    /** Id of the model that was promoted when the night began; empty: none. */
    String champion() {
        return begun().champion();
    }

    /** The night's configuration with other values of some keys. */
    JobConfig with(Map<String, String> settings) {
        List<ConfigSource> sources = new ArrayList<>();
        sources.add(new ConfigSource.Text("configuration of the night", config.resolved()));
        settings.forEach((key, value) -> sources.add(new ConfigSource.Setting(key, value, "retrain")));
        return JobConfig.load(sources);
    }
}
