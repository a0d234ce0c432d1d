package io.squadron.driver.experiment;

import io.squadron.failure.Failure;
import java.util.ArrayList;
import java.util.List;

/** Some values of one key, each of which is tried with each of every other grid's. */
public record Grid(String key, List<String> values) {
    public Grid {
        values = List.copyOf(values);
    }

    /** Reads "key=v1,v2"; commas inside brackets belong to a value. */
    public static Grid parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            throw Failure.usage("Cannot read --grid %s (expected key=value,value,...)", text);
        }
        return new Grid(key(text.substring(0, equals)), split(text.substring(equals + 1)));
    }

    static String key(String text) {
        String key = text.strip().replaceFirst("^squadron\\.", "");
        if (key.equals("run") || key.equals("seed")) {
            throw Failure.usage(
                    "Cannot vary %s (expected a key of what is trained). Runs lie below --out, seeds are given by --seeds",
                    key);
        }
        return key;
    }

    private static List<String> split(String text) {
        List<String> values = new ArrayList<>();
        int depth = 0;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            depth += letter == '[' ? 1 : letter == ']' ? -1 : 0;
            if (letter == ',' && depth == 0) {
                values.add(text.substring(begin, i).strip());
                begin = i + 1;
            }
        }
        values.add(text.substring(begin).strip());
        return values.stream().distinct().toList();
    }

    /** Every combination, the last grid varying fastest; the one empty setting of no grids. */
    public static List<Setting> product(List<Grid> grids) {
        List<Setting> all = List.of(Setting.none());
        for (Grid grid : grids) {
            all = all.stream()
                    .flatMap(setting -> grid.values().stream().map(value -> setting.with(grid.key(), value)))
                    .toList();
        }
        return all;
    }
}
