package io.squadron.jobs.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.squadron.failure.Failure;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** From one value of a configuration file to one of Java. Text and numbers are one: "3" is a whole number, too. */
final class Scalars {
    /** A value is not of the type it should be; the message says what was expected. */
    static final class Mismatch extends Exception {
        private static final long serialVersionUID = 1L;

        Mismatch(String expected) {
            super(expected);
        }
    }

    private Scalars() {}

    static Object read(Type type, ConfigValue value) throws Mismatch {
        if (type instanceof ParameterizedType list) {
            return list(list.getActualTypeArguments()[0], value);
        }
        Class<?> plain = type == Integer.class ? int.class : (Class<?>) type;
        String text = text(plain, value);
        if (plain == String.class) {
            return text;
        }
        if (plain == boolean.class) {
            return truth(text);
        }
        if (plain == Duration.class) {
            return duration(text, value);
        }
        if (plain == Bytes.class) {
            return bytes(value);
        }
        return plain.isPrimitive() ? number(plain, text) : plain.isEnum() ? constant(plain, text) : parsed(plain, text);
    }

    /** The name of an enum's constant in a configuration: HE_NORMAL_FAN_OUT is he-normal-fan-out. */
    static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<Object> list(Type element, ConfigValue value) throws Mismatch {
        if (!(value instanceof ConfigList values)) {
            throw new Mismatch("a list such as [\"a\", \"b\"]");
        }
        List<Object> read = new java.util.ArrayList<>();
        for (ConfigValue each : values) {
            read.add(read(element, each));
        }
        return List.copyOf(read);
    }

    private static String text(Class<?> type, ConfigValue value) throws Mismatch {
        return switch (value.valueType()) {
            case STRING -> (String) value.unwrapped();
            case NUMBER, BOOLEAN -> ConfigNode.shown(value);
            case OBJECT, LIST, NULL -> throw new Mismatch(type == String.class ? "text" : "one value");
        };
    }

    private static boolean truth(String text) throws Mismatch {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Mismatch("true or false");
        };
    }

    private static Object number(Class<?> type, String text) throws Mismatch {
        try {
            if (type == double.class) {
                return finite(Double.parseDouble(text));
            }
            return type == int.class ? (Object) Integer.valueOf(text) : (Object) Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new Mismatch(
                    type == double.class
                            ? "a number"
                            : type == int.class ? "a whole number up to 2^31 - 1" : "a whole number");
        }
    }

    private static double finite(double value) throws Mismatch {
        if (!Double.isFinite(value)) {
            throw new Mismatch("a finite number");
        }
        return value;
    }

    private static Duration duration(String text, ConfigValue value) throws Mismatch {
        // HOCON takes a bare number for milliseconds, which nobody who writes "120" means.
        if (text.chars().noneMatch(Character::isLetter) || value.valueType() != ConfigValueType.STRING) {
            throw new Mismatch("a duration with its unit, such as 120 s or 5 m");
        }
        try {
            return value.atKey("value").getDuration("value");
        } catch (ConfigException e) {
            throw new Mismatch("a duration with its unit, such as 120 s or 5 m");
        }
    }

    private static Bytes bytes(ConfigValue value) throws Mismatch {
        try {
            return new Bytes(value.atKey("value").getBytes("value"));
        } catch (ConfigException e) {
            throw new Mismatch("a size such as 64 MiB or 500 kB");
        }
    }

    private static Object constant(Class<?> type, String text) throws Mismatch {
        List<Enum<?>> constants = Arrays.stream(type.getEnumConstants())
                .<Enum<?>>map(each -> (Enum<?>) each)
                .toList();
        for (Enum<?> each : constants) {
            if (kebab(each).equals(text)) {
                return each;
            }
        }
        throw new Mismatch("one of " + constants.stream().map(Scalars::kebab).collect(Collectors.joining(", ")));
    }

    /** For types that read themselves, such as Span: their own words say what was expected. */
    private static Object parsed(Class<?> type, String text) throws Mismatch {
        try {
            Method parse = type.getMethod("parse", String.class);
            return parse.invoke(null, text);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Failure || e.getCause() instanceof IllegalArgumentException) {
                throw new Mismatch(expectedBy(e.getCause().getMessage()));
            }
            throw new IllegalStateException("Cannot parse '" + text + "' as " + type, e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot bind " + type + ": it has no public static parse(String)", e);
        }
    }

    private static String expectedBy(String message) {
        int start = message.indexOf("(expected ");
        return start < 0 ? message : message.substring(start + "(expected ".length(), message.lastIndexOf(')'));
    }
}
