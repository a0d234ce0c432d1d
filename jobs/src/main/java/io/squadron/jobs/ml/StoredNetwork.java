package io.squadron.jobs.ml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.squadron.driver.spark.predict.Predictor;
import io.squadron.exchange.ModelFacts;
import io.squadron.exchange.ModelFactsJson;
import io.squadron.exchange.PortableModel;
import io.squadron.failure.Failure;
import io.squadron.model.Weights;
import io.squadron.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A network in a directory: {@code network.json} with its facts, where it comes from and a SHA-256 over facts and weights; and
 * {@code weights.f32}, the flat vector as little-endian floats. The first is written last.
 */
final class StoredNetwork {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CHUNK = 1 << 20;

    private StoredNetwork() {}

    static void write(Storage storage, String directory, PortableModel model) {
        storage.makeDirectories(directory);
        storage.publish(Storage.child(directory, "weights.f32"), out -> {
            float[] values = model.weights().values();
            ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
            for (int from = 0; from < values.length; from += CHUNK / Float.BYTES) {
                int count = Math.min(CHUNK / Float.BYTES, values.length - from);
                buffer.asFloatBuffer().put(values, from, count);
                out.write(buffer.array(), 0, count * Float.BYTES);
            }
        });
        ObjectNode root = JSON.createObjectNode();
        root.set("facts", ModelFactsJson.toJson(model.facts()));
        ObjectNode provenance = root.putObject("provenance");
        new TreeMap<>(model.provenance()).forEach(provenance::put);
        root.put("sha256", Predictor.hash(model));
        storage.publish(
                Storage.child(directory, "network.json"), root.toPrettyString().getBytes(StandardCharsets.UTF_8));
    }

    /** Fails with DATA where it is missing, damaged or of another size. */
    static PortableModel read(Storage storage, String directory) {
        JsonNode root = tree(storage, Storage.child(directory, "network.json"));
        ModelFacts facts = ModelFactsJson.fromJson(root.path("facts"));
        Weights weights = Weights.zeros(facts.spec().layout());
        byte[] bytes = storage.read(Storage.child(directory, "weights.f32"));
        if (bytes.length != (long) weights.values().length * Float.BYTES) {
            throw damaged(directory);
        }
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(weights.values());
        Map<String, String> provenance = new TreeMap<>();
        root.path("provenance")
                .fields()
                .forEachRemaining(
                        each -> provenance.put(each.getKey(), each.getValue().asText()));
        PortableModel model = new PortableModel(facts, weights, provenance);
        if (!Predictor.hash(model).equals(root.path("sha256").asText())) {
            throw damaged(directory);
        }
        return model;
    }

    private static JsonNode tree(Storage storage, String file) {
        try {
            return JSON.readTree(storage.read(file));
        } catch (IOException e) {
            throw Failure.data("Cannot read %s: it is no JSON. Save the model again", file)
                    .causedBy(e);
        }
    }

    private static Failure damaged(String directory) {
        return Failure.data(
                "Cannot read the network in %s: its weights are not those that were saved (checksum). Save the model again",
                directory);
    }
}
