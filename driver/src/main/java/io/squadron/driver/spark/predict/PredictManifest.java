package io.squadron.driver.spark.predict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;

/**
 * What the predictions in a directory are of: the first thing written, so that a later start knows whether it may go on, and how
 * the source was cut into pieces.
 *
 * @param job all that decides what a row looks like, by name
 * @param pieceBytes most of a piece
 * @param pieces at least so many, if the source is large enough
 */
record PredictManifest(TreeMap<String, String> job, long pieceBytes, int pieces) {
    static final String FILE = "_predict.json";
    private static final String FORMAT = "squadron-predictions";
    private static final ObjectMapper JSON = new ObjectMapper();

    PredictManifest with(String key, String value) {
        TreeMap<String, String> more = new TreeMap<>(job);
        more.put(key, value);
        return new PredictManifest(more, pieceBytes, pieces);
    }

    /** {@code other}, with pieces cut as here. */
    PredictManifest cutting(PredictManifest other) {
        return new PredictManifest(other.job(), pieceBytes, pieces);
    }

    void write(Storage storage, String out) {
        storage.replace(
                Storage.child(out, FILE), json().toPrettyString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** The same, with what came of it. */
    void finish(Storage storage, String out, PredictionCounts counts) {
        ObjectNode root = json();
        root.put("rows", counts.rows()).put("unreadable", counts.unreadable());
        storage.replace(
                Storage.child(out, FILE), root.toPrettyString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private ObjectNode json() {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT).put("version", 1);
        ObjectNode facts = root.putObject("job");
        job.forEach(facts::put);
        root.put("piece-bytes", pieceBytes).put("pieces", pieces);
        return root;
    }

    static boolean exists(Storage storage, String out) {
        return storage.exists(Storage.child(out, FILE));
    }

    /** Fails with STATE where it cannot be understood. */
    static PredictManifest read(Storage storage, String out) {
        JsonNode root = tree(storage, out);
        TreeMap<String, String> job = new TreeMap<>();
        root.path("job")
                .fields()
                .forEachRemaining(each -> job.put(each.getKey(), each.getValue().asText()));
        return new PredictManifest(
                job, root.path("piece-bytes").asLong(), root.path("pieces").asInt());
    }

    /** What {@link #finish} has written. */
    static PredictionCounts counts(Storage storage, String out) {
        JsonNode root = tree(storage, out);
        return new PredictionCounts(
                root.path("rows").asLong(), root.path("unreadable").asLong());
    }

    private static JsonNode tree(Storage storage, String out) {
        String file = Storage.child(out, FILE);
        try {
            JsonNode root = JSON.readTree(storage.read(file));
            if (root.path("format").asText().equals(FORMAT)
                    && root.path("version").asInt() == 1) {
                return root;
            }
        } catch (IOException e) {
            throw Failure.state("Cannot read %s: it is no JSON. Delete %s, or choose another directory", file, out)
                    .causedBy(e);
        }
        throw Failure.state(
                "Cannot read %s: it is not of this version of predict. Delete %s, or choose another directory",
                file, out);
    }

    /** Fails with STATE unless this is the job that {@code now} is. */
    void require(PredictManifest now, String out) {
        List<String> changed = now.job().keySet().stream()
                .filter(key -> !now.job().get(key).equals(job.get(key)))
                .map(key -> "%s was %s, is %s"
                        .formatted(key, job.get(key), now.job().get(key)))
                .toList();
        if (!changed.isEmpty()) {
            throw Failure.state(
                    "Cannot predict into %s: it holds predictions of another job (%s). Delete it, or choose another directory",
                    out, String.join("; ", changed));
        }
    }
}
