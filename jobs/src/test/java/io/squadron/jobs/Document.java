package io.squadron.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One page of Markdown.
 *
 * @param path absolute
 * @param prose lines outside of code blocks
 * @param code lines of code blocks, without their indentation, each whole where a backslash breaks it; an empty line ends each block
 */
record Document(Path path, List<String> prose, List<String> code) {
    /** The root of the project: the parent of the module that is being tested. */
    static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");

    /** Every page of the project. */
    static List<Document> all() {
        try (Stream<Path> files = Files.walk(HOME, 4)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> Stream.of("target", ".git", "quickstart")
                            .noneMatch(name -> HOME.relativize(file).startsWith(name)
                                    || HOME.relativize(file).toString().contains("/target/")))
                    .sorted()
                    .map(Document::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Document read(Path path) {
        List<String> prose = new ArrayList<>();
        List<String> code = new ArrayList<>();
        boolean fenced = false;
        for (String line : text(path).replaceAll("\\\\\n *", "").lines().toList()) {
            boolean fence = line.startsWith("```");
            fenced ^= fence;
            if (fence || line.isBlank()) {
                code.add("");
            } else if (fenced || line.startsWith("    ")) {
                code.add(fenced ? line : line.substring(4));
            } else {
                prose.add(line);
            }
        }
        code.add("");
        return new Document(path, prose, code);
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where its links lead, those to other hosts aside. */
    List<String> links() {
        return prose.stream()
                .flatMap(line -> LINK.matcher(line).results().map(match -> match.group(1)))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .toList();
    }

    /** Its headings as the anchors that links name. */
    Set<String> anchors() {
        return prose.stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(line -> line.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** All its lines. */
    Stream<String> lines() {
        return Stream.concat(prose.stream(), code.stream());
    }

    @Override
    public String toString() {
        return HOME.relativize(path).toString();
    }
}
