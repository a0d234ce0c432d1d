package io.squadron.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.squadron.exchange.safetensors.SafetensorsFile;
import io.squadron.exchange.safetensors.SafetensorsWriter;
import io.squadron.failure.Failure;
import io.squadron.model.Slice;
import io.squadron.model.Weights;
import io.squadron.storage.Storage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Squadron's own file of a model: safetensors with torchvision's names, so that others can use it, whose metadata says under
 * {@code squadron} what the weights are for: {@code {"facts": ..., "provenance": {...}, "sha256": ...}}.
 */
public final class ModelFile {
    /** The key of the metadata. */
    public static final String KEY = "squadron";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ModelFile() {}

    /** A new file; fails with STATE where the name is taken. */
    public static void write(Storage storage, String uri, PortableModel model) {
        SafetensorsWriter.write(storage, uri, NamedFloats.of(model.weights()), metadata(model));
    }

    /** What a file of {@code model} says about itself, for other writers of safetensors. */
    public static Map<String, String> metadata(PortableModel model) {
        ObjectNode about = JSON.createObjectNode();
        about.set("facts", ModelFactsJson.toJson(model.facts()));
        ObjectNode provenance = about.putObject("provenance");
        new TreeMap<>(model.provenance()).forEach(provenance::put);
        about.put("sha256", model.hash());
        return Map.of("format", "pt", KEY, about.toString());
    }

    /** Reads a whole model; fails with DATA where a tensor is missing, misshapen, too much or changed. */
    public static PortableModel read(Storage storage, String uri) {
        try (SafetensorsFile file = SafetensorsFile.open(storage, uri)) {
            return read(file);
        }
    }

    /** Whether {@code file} says what {@link #write} writes. */
    public static boolean isOne(TensorFile file) {
        return file.metadata().containsKey(KEY);
    }

    /** The facts in the metadata of {@code file}; fails with DATA where there are none or they cannot be understood. */
    public static ModelFacts facts(TensorFile file) {
        try {
            ModelFacts facts = ModelFactsJson.fromJson(about(file).path("facts"));
            facts.spec();
            return facts;
        } catch (IllegalArgumentException | Failure e) {
            throw Failure.data(
                            "Cannot read %s: what it says about its model makes none: %s. Write it again",
                            file.where(), e.getMessage())
                    .causedBy(e);
        }
    }

    private static JsonNode about(TensorFile file) {
        String text = file.metadata().get(KEY);
        if (text == null) {
            throw Failure.data(
                    "Cannot read %s as a model: its metadata have no '%s' (expected a file that import, export or train "
                            + "has written). Bring it in with import first",
                    file.where(), KEY);
        }
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw Failure.data(
                            "Cannot read %s as a model: '%s' of its metadata is no JSON. Write it again",
                            file.where(), KEY)
                    .causedBy(e);
        }
    }

    private static PortableModel read(SafetensorsFile file) {
        ModelFacts facts = facts(file);
        Weights weights = Weights.zeros(facts.spec().layout());
        Map<String, TensorEntry> entries = new LinkedHashMap<>();
        file.entries().forEach(entry -> entries.put(entry.name(), entry));
        for (Slice slice : weights.layout().slices()) {
            TensorEntry entry = entries.remove(slice.name());
            if (entry == null || !entry.shape().equals(slice.shape())) {
                throw Failure.data(
                        "Cannot read %s: its tensor '%s' %s (expected shape %s, as its architecture %s has it). Write it again",
                        file.where(),
                        slice.name(),
                        entry == null ? "is missing" : "has shape " + entry.shape(),
                        slice.shape(),
                        facts.architecture());
            }
            weights.setSlice(slice.name(), file.read(entry));
        }
        if (!entries.isEmpty()) {
            throw Failure.data(
                    "Cannot read %s: it has tensors that %s has not: %s. Write it again",
                    file.where(), facts.architecture(), List.copyOf(entries.keySet()));
        }
        Map<String, String> provenance = new HashMap<>();
        about(file)
                .path("provenance")
                .fields()
                .forEachRemaining(
                        each -> provenance.put(each.getKey(), each.getValue().asText()));
        PortableModel model = new PortableModel(facts, weights, provenance);
        JsonNode hash = about(file).path("sha256");
        if (!hash.isMissingNode() && !hash.asText().equals(model.hash())) {
            throw Failure.data(
                    "Cannot read %s: its weights are not those that were written (SHA-256). Write it again, or bring it in "
                            + "with import if they were changed on purpose",
                    file.where());
        }
        return model;
    }
}
