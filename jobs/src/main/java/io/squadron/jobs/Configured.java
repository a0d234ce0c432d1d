package io.squadron.jobs;

import io.squadron.failure.Failure;
import io.squadron.jobs.config.ConfigSource;
import io.squadron.jobs.config.JobConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The options of every command that takes a configuration. Options of the commands themselves are short for {@code
 * --set} where a key exists: files, then those, then {@code --set}, each over what came before.
 */
final class Configured {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "HOCON file with the keys that differ from reference.conf; repeatable, later files win.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets one key over the files, such as training.epochs=3; repeatable.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--verbose", description = "Shows the stack trace of errors.")
    @SuppressWarnings("UnusedVariable") // Errors reads it through its option
    private boolean verbose;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /**
     * Everything that the command line says.
     *
     * @param shorts options of the command and the keys they stand for, such as "--run" to "run"
     */
    List<ConfigSource> sources(Map<String, String> shorts) {
        List<ConfigSource> sources = new ArrayList<>();
        files.forEach(file -> sources.add(new ConfigSource.File(file)));
        for (CommandLine.Model.OptionSpec option : command.options()) {
            String key = shorts.get(option.longestName());
            if (key != null && option.getValue() != null) {
                String value = option.getValue().toString();
                sources.add(new ConfigSource.Setting(key, value, option.longestName() + " " + value));
            }
        }
        settings.forEach(setting -> sources.add(ConfigSource.Setting.parse(setting)));
        return sources;
    }

    JobConfig load(Map<String, String> shorts) {
        return JobConfig.load(sources(shorts));
    }

    /** Fails where a place without a default was not given. */
    static void require(String value, String option, String key) {
        if (value.isEmpty()) {
            throw Failure.usage(
                    "Cannot start: %s is not given (expected %s URI, or squadron.%s in a --config file)",
                    key, option, key);
        }
    }
}
