package io.squadron.jobs.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.squadron.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** An answer as JSON: what was asked and where, then one object per batch and variant. What was not measured is left out. */
public final class StepJson {
    static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private StepJson() {}

    /** Writes {@code answer} to {@code file}. */
    public static void write(StepAnswer answer, Path file) {
        try {
            Files.writeString(file, of(answer));
        } catch (IOException e) {
            throw Failure.resources("Cannot write the result to %s: %s. Choose another place with --json", file, e)
                    .causedBy(e);
        }
    }

    static String of(StepAnswer answer) throws JsonProcessingException {
        Subject subject = answer.question().subject();
        ObjectNode root = MAPPER.createObjectNode()
                .put("architecture", subject.architecture())
                .put("size", subject.size())
                .put("classes", subject.classes())
                .put("mode", word(subject.mode()))
                .put("images", word(subject.feed()))
                .put("seed", subject.seed())
                .put("warmup", answer.question().warmup())
                .put("steps", answer.question().steps());
        Surroundings where = answer.surroundings();
        root.putObject("machine")
                .put("cpu", where.cpu())
                .put("cores", where.cores())
                .put("java", where.java())
                .put("loadAverage", where.load());
        var results = root.putArray("results");
        for (Row row : answer.rows()) {
            ObjectNode node = results.addObject()
                    .put("engine", row.variant().engine())
                    .put("precision", row.variant().precisionWord())
                    .put("threads", row.variant().threads())
                    .put("batch", row.batch());
            if (row instanceof Row.Measured measured) {
                fill(node, measured);
            } else {
                node.put("refused", ((Row.Refused) row).why());
            }
        }
        return MAPPER.writeValueAsString(root);
    }

    private static void fill(ObjectNode node, Row.Measured row) {
        node.put("imagesPerSecond", row.imagesPerSecond())
                .put("millis", row.millis())
                .put("gigaflopsPerStep", row.gigaflops().all())
                .put("gigaflopsPerSecond", row.gigaflopsPerSecond());
        row.bounds()
                .ceilingMillis()
                .ifPresent(millis -> node.put("ceilingMillis", millis)
                        .put("ceilingGigaflopsPerSecond", 1000 * row.gigaflops().convolutions() / millis));
        row.shareOfCeiling().ifPresent(share -> node.put("shareOfCeiling", share));
        row.bounds()
                .inferenceMillis()
                .ifPresent(millis -> node.put("inferenceMillis", millis)
                        .put("inferenceImagesPerSecond", 1000 * row.batch() / millis));
        row.space()
                .footprint()
                .ifPresent(bytes -> node.put("arenaBytes", bytes.arena())
                        .put("arenaBytesWithoutReuse", bytes.withoutReuse())
                        .put("nativeVectorBytes", bytes.vectors()));
        node.put("heapVectorBytes", row.space().vectorBytes());
        row.space()
                .peak()
                .ifPresent(peak ->
                        node.put("peakResidentBytes", peak.residentBytes()).put("heapBytes", peak.heapBytes()));
        if (!row.split().isEmpty()) {
            ObjectNode split = node.putObject("split");
            row.split()
                    .forEach((kind, millis) ->
                            split.putObject(kind).put("millis", millis).put("share", millis / row.millis()));
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
