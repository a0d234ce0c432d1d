package io.squadron.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** conf/reference.conf as it was packaged: the only place that knows the keys and their defaults. */
final class Reference {
    static final String ROOT = "squadron";
    private static final String NAME = "reference.conf";

    private Reference() {}

    static Config config() {
        try (InputStream stream = Reference.class.getResourceAsStream(NAME)) {
            if (stream == null) {
                throw new IllegalStateException("Cannot find " + NAME + " beside " + Reference.class);
            }
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return ConfigFactory.parseString(text, ConfigParseOptions.defaults().setOriginDescription(NAME));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + NAME, e);
        }
    }

    /** Whether a value still is a default. */
    static boolean wrote(ConfigOrigin origin) {
        return origin.description().startsWith(NAME + ":");
    }

    /** The comment above a key, as one line. */
    static String explanation(String key) {
        return config().getValue(ROOT + "." + key).origin().comments().stream()
                .map(String::strip)
                .collect(Collectors.joining(" "));
    }

    /** Paths of all sections and keys, the root included. */
    static Set<String> paths() {
        Set<String> paths = new TreeSet<>();
        collect("", config().root(), paths);
        return paths;
    }

    private static void collect(String path, ConfigObject section, Set<String> paths) {
        for (Map.Entry<String, com.typesafe.config.ConfigValue> entry : section.entrySet()) {
            String deeper = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            paths.add(deeper);
            if (entry.getValue() instanceof ConfigObject below) {
                collect(deeper, below, paths);
            }
        }
    }
}
