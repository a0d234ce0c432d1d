package io.squadron.jobs.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;

/**
 * One section as it was written, with its path from the root.
 *
 * @param path such as {@code squadron.training}
 * @param values what applies, user's values over defaults
 * @param defaults the same section of reference.conf
 */
record ConfigNode(String path, ConfigObject values, ConfigObject defaults) {
    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The value at {@code key}, which may lead into sections below ("training.epochs"). */
    ConfigValue value(String key) {
        return values.toConfig().getValue(key);
    }

    ConfigNode below(String key) {
        ConfigObject deeper = (ConfigObject) defaults.get(key);
        return new ConfigNode(path(key), values.get(key) instanceof ConfigObject own ? own : deeper, deeper);
    }

    static String shown(ConfigValue value) {
        return value.render(ConfigRenderOptions.concise());
    }
}
