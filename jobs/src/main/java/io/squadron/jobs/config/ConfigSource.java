package io.squadron.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.squadron.failure.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Something that says what differs from reference.conf. */
public sealed interface ConfigSource {
    /** What it says, not yet resolved; fails if it cannot be read as HOCON. */
    Config parse();

    /** A HOCON file of the local disk, as {@code --config FILE}; it may include others beside it. */
    record File(Path path) implements ConfigSource {
        @Override
        public Config parse() {
            return parsed(
                    path.toString(),
                    () -> ConfigFactory.parseFile(
                            path.toFile(), ConfigParseOptions.defaults().setAllowMissing(false)));
        }
    }

    /**
     * HOCON text, as the resolved configuration that lies in a run.
     *
     * @param name says in errors where it comes from
     */
    record Text(String name, String text) implements ConfigSource {
        @Override
        public Config parse() {
            return parsed(
                    name,
                    () -> ConfigFactory.parseString(
                            text, ConfigParseOptions.defaults().setOriginDescription(name)));
        }
    }

    /**
     * One key given on the command line. The value is taken as it stands, so that URIs need no quotes; only what begins
     * with a bracket or a brace is read as HOCON.
     *
     * @param key with or without the leading {@code squadron.}
     * @param origin what was typed, such as {@code --set seed=2} or {@code --run file:/tmp/run}
     */
    record Setting(String key, String value, String origin) implements ConfigSource {
        /** Reads what follows {@code --set}. */
        public static Setting parse(String text) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw Failure.usage("Cannot read --set %s: it has no key and value (expected --set key=value)", text);
            }
            return new Setting(
                    text.substring(0, equals).strip(),
                    text.substring(equals + 1).strip(),
                    "--set " + text);
        }

        @Override
        public Config parse() {
            String path = key.startsWith(Reference.ROOT + ".") ? key : Reference.ROOT + "." + key;
            return parsed(origin, () -> nested(path));
        }

        private Config nested(String path) {
            List<String> keys = ConfigUtil.splitPath(path);
            ConfigValue inner = typed();
            for (int i = keys.size() - 1; i >= 0; i--) {
                inner = ConfigValueFactory.fromMap(Map.of(keys.get(i), inner))
                        .withOrigin(ConfigOriginFactory.newSimple(origin));
            }
            return ((ConfigObject) inner).toConfig();
        }

        private ConfigValue typed() {
            ConfigValue typed = value.startsWith("[") || value.startsWith("{")
                    ? ConfigFactory.parseString("value = " + value).getValue("value")
                    : ConfigValueFactory.fromAnyRef(value);
            return typed.withOrigin(ConfigOriginFactory.newSimple(origin));
        }
    }

    private static Config parsed(String name, Supplier<Config> reader) {
        try {
            return reader.get();
        } catch (ConfigException e) {
            throw Failure.usage("Cannot read configuration %s: %s (expected HOCON)", name, e.getMessage())
                    .causedBy(e);
        }
    }
}
