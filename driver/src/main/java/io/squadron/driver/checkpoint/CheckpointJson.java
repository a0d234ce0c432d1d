package io.squadron.driver.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.squadron.exchange.ModelFactsJson;
import io.squadron.failure.Failure;
import io.squadron.replica.SavedPart;
import io.squadron.replica.SavedState;
import io.squadron.storage.Checksum;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The manifest of a checkpoint as JSON, sealed by the SHA-256 of its own compact text without the seal. */
final class CheckpointJson {
    private static final String FORMAT = "squadron-checkpoint";
    private static final int VERSION = 1;
    private static final String SEAL = "sha256";
    private static final ObjectMapper JSON = new ObjectMapper();

    private CheckpointJson() {}

    static byte[] toJson(Checkpoint checkpoint) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT).put("version", VERSION);
        root.put("step", checkpoint.state().step())
                .put("updates", checkpoint.state().updates());
        Checkpoint.Place place = checkpoint.place();
        root.putObject("place")
                .put("round", place.round())
                .put("epoch", place.epoch())
                .put("sample", place.sample())
                .put("seed", place.seed());
        ArrayNode parts = root.putArray("parts");
        for (SavedPart part : checkpoint.state().parts()) {
            parts.addObject()
                    .put("name", part.name())
                    .put("bytes", part.bytes())
                    .put(SEAL, part.sha256());
        }
        strings(root.putArray("vectors"), checkpoint.vectors());
        root.set("model", ModelFactsJson.toJson(checkpoint.model()));
        strings(root.putArray("frozen"), checkpoint.frozen());
        root.put("dataset-fingerprint", checkpoint.datasetFingerprint());
        ObjectNode metrics = root.putObject("metrics");
        new TreeMap<>(checkpoint.metrics()).forEach(metrics::put);
        ObjectNode provenance = root.putObject("provenance");
        new TreeMap<>(checkpoint.provenance()).forEach(provenance::put);
        root.put("configuration", checkpoint.configuration());
        root.put(SEAL, seal(root));
        return (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void strings(ArrayNode array, List<String> values) {
        values.forEach(array::add);
    }

    /** Reads a manifest that lies in {@code directory}; {@code where} names it in errors. */
    static Checkpoint fromJson(byte[] bytes, String directory, String where) {
        try {
            JsonNode read = JSON.readTree(bytes);
            if (!(read instanceof ObjectNode root)
                    || !FORMAT.equals(root.path("format").asText())) {
                throw Failure.state("Cannot read %s: it is no manifest of a checkpoint", where);
            }
            if (root.path("version").asInt() != VERSION) {
                throw Failure.state(
                        "Cannot read %s: it has version %s (expected %d)", where, root.path("version"), VERSION);
            }
            String seal = root.path(SEAL).asText();
            root.remove(SEAL);
            if (!seal.equals(seal(root))) {
                throw Failure.state("Cannot read %s: its checksum does not fit its text. It is damaged", where);
            }
            return checkpoint(root, directory);
        } catch (JsonProcessingException e) {
            throw Failure.state("Cannot read %s: it is not JSON (%s)", where, e.getOriginalMessage())
                    .causedBy(e);
        } catch (java.io.IOException e) {
            throw Failure.state("Cannot read %s: %s", where, e.getMessage()).causedBy(e);
        }
    }

    private static Checkpoint checkpoint(ObjectNode root, String directory) {
        JsonNode place = root.path("place");
        List<SavedPart> parts = list(
                root.path("parts"),
                part -> new SavedPart(
                        part.path("name").asText(),
                        part.path("bytes").asLong(),
                        part.path(SEAL).asText()));
        Map<String, Double> metrics = new TreeMap<>();
        root.path("metrics")
                .fields()
                .forEachRemaining(
                        entry -> metrics.put(entry.getKey(), entry.getValue().asDouble()));
        Map<String, String> provenance = new TreeMap<>();
        root.path("provenance")
                .fields()
                .forEachRemaining(
                        entry -> provenance.put(entry.getKey(), entry.getValue().asText()));
        return new Checkpoint(
                new SavedState(
                        directory,
                        root.path("step").asLong(),
                        root.path("updates").asLong(),
                        parts),
                list(root.path("vectors"), JsonNode::asText),
                new Checkpoint.Place(
                        place.path("round").asInt(),
                        place.path("epoch").asInt(),
                        place.path("sample").asLong(),
                        place.path("seed").asLong()),
                ModelFactsJson.fromJson(root.path("model")),
                list(root.path("frozen"), JsonNode::asText),
                root.path("configuration").asText(),
                root.path("dataset-fingerprint").asText(),
                metrics,
                provenance);
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
        List<T> all = new ArrayList<>();
        array.forEach(each -> all.add(read.apply(each)));
        return all;
    }

    private static String seal(ObjectNode withoutSeal) {
        return Checksum.sha256(withoutSeal.toString().getBytes(StandardCharsets.UTF_8));
    }
}
