package io.squadron.jobs.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Makes records out of sections: the component {@code learningRate} takes the key {@code learning-rate}. A value that
 * does not fit is reported and stands in with its default, so that everything after it is still looked at.
 */
final class Binder {
    private final Problems problems;
    private final Set<String> known = Reference.paths();

    Binder(Problems problems) {
        this.problems = problems;
    }

    <T extends Record> T bind(Class<T> type, ConfigNode section) {
        rejectUnknown(section);
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = component(components[i], section);
        }
        T bound = made(type, components, values);
        if (bound instanceof Checked checked) {
            checked.check(new Checks(problems, section));
        }
        return bound;
    }

    void rejectUnknown(ConfigNode section) {
        Set<String> strange = new HashSet<>(section.values().keySet());
        strange.removeAll(section.defaults().keySet());
        strange.stream().sorted().forEach(key -> {
            String path = section.path(key);
            problems.add(
                    section.values().get(key).origin(),
                    path,
                    " is no known key (the nearest is " + NearestKey.of(path, known) + ")");
        });
    }

    static String key(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private Object component(RecordComponent component, ConfigNode section) {
        String key = key(component);
        ConfigValue value = section.values().get(key);
        ConfigValue standard = section.defaults().get(key);
        if (standard == null) {
            throw new IllegalStateException("reference.conf has no key " + section.path(key));
        }
        if (standard instanceof ConfigObject) {
            if (!(value instanceof ConfigObject)) {
                mismatch(section.path(key), value, "a section in braces");
            }
            return bind(component.getType().asSubclass(Record.class), section.below(key));
        }
        try {
            return Scalars.read(component.getGenericType(), value);
        } catch (Scalars.Mismatch e) {
            mismatch(section.path(key), value, e.getMessage());
            return standard(component, standard);
        }
    }

    private void mismatch(String path, ConfigValue value, String expected) {
        problems.add(value.origin(), path, " = " + ConfigNode.shown(value) + " (expected " + expected + ")");
    }

    private static Object standard(RecordComponent component, ConfigValue standard) {
        try {
            return Scalars.read(component.getGenericType(), standard);
        } catch (Scalars.Mismatch e) {
            throw new IllegalStateException("reference.conf has a default of the wrong type for " + component, e);
        }
    }

    private static <T> T made(Class<T> type, RecordComponent[] components, Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("Cannot make " + type + " of " + Arrays.toString(values), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot make " + type, e);
        }
    }
}
