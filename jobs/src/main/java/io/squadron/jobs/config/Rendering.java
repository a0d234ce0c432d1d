package io.squadron.jobs.config;

import com.typesafe.config.ConfigUtil;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Writes records as JSON, which is HOCON too: keys in the order of the components, one a line. */
final class Rendering {
    private Rendering() {}

    static String of(Record section, String indent) {
        String deeper = indent + "  ";
        return Arrays.stream(section.getClass().getRecordComponents())
                .map(component -> deeper + ConfigUtil.quoteString(Binder.key(component)) + ": "
                        + value(read(component, section), deeper))
                .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
    }

    private static String value(Object value, String indent) {
        if (value instanceof Checked section) {
            return of((Record) section, indent);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(each -> value(each, indent)).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        return ConfigUtil.quoteString(text(value));
    }

    private static String text(Object value) {
        if (value instanceof Enum<?> constant) {
            return Scalars.kebab(constant);
        }
        if (value instanceof Duration duration) {
            return duration.toNanosPart() == 0 ? duration.toSeconds() + " s" : duration.toNanos() + " ns";
        }
        return value.toString();
    }

    private static Object read(RecordComponent component, Record section) {
        try {
            return component.getAccessor().invoke(section);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot read " + component + " of " + section, e);
        }
    }
}
