package io.squadron.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.squadron.model.Architectures;
import io.squadron.model.AuxiliaryHeads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One file of golden numbers. */
record GoldenFile(String name, JsonNode root) {

    /** What a golden file keeps of a tensor: its Euclidean norm and some of its elements. */
    record Digest(double norm, int[] at, double[] values) {}

    /** The directory of {@code -Dgolden.dir}, or the project's own copies. */
    static Path directory() {
        Path given = Path.of(System.getProperty("golden.dir", "src/test/resources/golden"));
        // Maven runs the tests of a module in the module's directory, people give paths as seen from the root.
        Path fromRoot = Path.of("..").resolve(given);
        return Files.isDirectory(given) || !Files.isDirectory(fromRoot) ? given : fromRoot;
    }

    /** The files of architectures in the registry. */
    static List<GoldenFile> architectures() {
        try (Stream<Path> files = Files.list(directory())) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(GoldenFile::read)
                    .filter(golden -> Architectures.names().contains(golden.architecture()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static GoldenFile read(Path file) {
        try {
            return new GoldenFile(nameOf(file), new ObjectMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String nameOf(Path file) {
        return file.getFileName().toString().replace(".json", "");
    }

    /** The name in the registry; empty in files of other things. */
    String architecture() {
        return root.path("architecture").asText();
    }

    /** Whether the file was made with heads on inner layers, whose losses are added in training. */
    AuxiliaryHeads auxiliaryHeads() {
        return root.path("auxiliary_heads").asBoolean() ? AuxiliaryHeads.PUBLISHED : AuxiliaryHeads.NONE;
    }

    int integer(String field) {
        return root.get(field).asInt();
    }

    double number(String field) {
        return root.get(field).asDouble();
    }

    /** A list of numbers, or a list of such lists one after the other. */
    double[] numbers(String field) {
        List<Double> all = new ArrayList<>();
        root.get(field).forEach(each -> {
            if (each.isArray()) {
                each.forEach(inner -> all.add(inner.asDouble()));
            } else {
                all.add(each.asDouble());
            }
        });
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The digest of {@code field}, or of its entry {@code name}. */
    Digest digest(String field, String... name) {
        JsonNode node = name.length == 0 ? root.get(field) : root.get(field).get(name[0]);
        return new Digest(
                node.get("l2").asDouble(),
                ints(node.get("at")),
                stream(node.get("values")).mapToDouble(JsonNode::asDouble).toArray());
    }

    static int[] ints(JsonNode array) {
        return stream(array).mapToInt(JsonNode::asInt).toArray();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        List<JsonNode> all = new ArrayList<>();
        array.forEach(all::add);
        return all.stream();
    }

    @Override
    public String toString() {
        return name;
    }
}
