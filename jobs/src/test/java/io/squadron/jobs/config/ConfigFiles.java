package io.squadron.jobs.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Loads a configuration as the command line would. */
final class ConfigFiles {
    private ConfigFiles() {}

    /** Text as a file named train.conf, with settings over it. */
    static JobConfig load(Path directory, String text, String... settings) {
        List<ConfigSource> sources = new ArrayList<>();
        sources.add(file(directory, "train.conf", text));
        for (String setting : settings) {
            sources.add(ConfigSource.Setting.parse(setting));
        }
        return JobConfig.load(sources);
    }

    static ConfigSource file(Path directory, String name, String text) {
        try {
            return new ConfigSource.File(Files.writeString(directory.resolve(name), text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JobConfig settings(String... settings) {
        List<ConfigSource> sources = new ArrayList<>();
        for (String setting : settings) {
            sources.add(ConfigSource.Setting.parse(setting));
        }
        return JobConfig.load(sources);
    }
}
