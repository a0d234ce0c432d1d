package io.squadron.jobs;

import io.squadron.failure.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the sources of the three modules say in failures, read as text: {@code Failure.data("..." + "...", ...)}. */
final class SourceMessages {
    private static final Pattern THROWN =
            Pattern.compile("Failure\\.(usage|data|state|resources|replica|numeric|stopped)\\(");
    private static final Pattern LITERAL = Pattern.compile("\\s*\\+?\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern PLACE = Pattern.compile("%[-+,0-9.#]*[a-z]");

    /** One message, with … in each place that a value fills. */
    record Message(Failure.Kind kind, String text) {}

    private SourceMessages() {}

    static List<Message> all() {
        return Stream.of("worker-common", "driver", "jobs")
                .map(module -> Document.HOME.resolve(module).resolve("src/main/java"))
                .flatMap(SourceMessages::files)
                .flatMap(file -> messages(read(file)))
                .toList();
    }

    private static Stream<Message> messages(String source) {
        return THROWN.matcher(source)
                .results()
                .map(thrown -> new Message(
                        Failure.Kind.valueOf(thrown.group(1).toUpperCase(Locale.ROOT)),
                        PLACE.matcher(literals(source, thrown.end())).replaceAll("…")));
    }

    private static String literals(String source, int from) {
        StringBuilder text = new StringBuilder();
        Matcher literal = LITERAL.matcher(source).region(from, source.length());
        while (literal.lookingAt()) {
            text.append(literal.group(1));
            literal.region(literal.end(), source.length());
        }
        return text.toString();
    }

    private static Stream<Path> files(Path sources) {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
