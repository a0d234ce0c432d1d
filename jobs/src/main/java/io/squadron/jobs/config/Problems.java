package io.squadron.jobs.config;

import com.typesafe.config.ConfigOrigin;
import io.squadron.failure.Failure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Everything wrong with a configuration, each with its place, so that one start is enough to find all of it. */
final class Problems {
    private final List<String> found = new ArrayList<>();
    private final Set<String> paths = new HashSet<>();

    /** What is wrong with the value at {@code path}; the text follows the path. */
    void add(ConfigOrigin origin, String path, String text) {
        paths.add(path);
        found.add(place(origin) + ": " + path + text);
    }

    /** Whether the value at {@code path} is wrong by itself, so that nothing can be said of how it goes with others. */
    boolean has(String path) {
        return paths.contains(path);
    }

    /** Fails with all problems, one a line; returns if there are none. */
    void failIfAny() {
        if (!found.isEmpty()) {
            throw Failure.usage(
                    "Cannot use this configuration: %d problem%s.%n  %s%nEvery key is explained in conf/reference.conf.",
                    found.size(), found.size() == 1 ? "" : "s", String.join(System.lineSeparator() + "  ", found));
        }
    }

    /** "train.conf:12" or "--set key=value". */
    static String place(ConfigOrigin origin) {
        return origin.description().replaceFirst(": (\\d+)(-\\d+)?$", ":$1");
    }
}
