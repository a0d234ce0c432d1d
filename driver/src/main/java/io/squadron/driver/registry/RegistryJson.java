package io.squadron.driver.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.io.IOException;

/** Records as JSON files. Keys that a later Squadron adds are passed over. */
final class RegistryJson {
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    private RegistryJson() {}

    static byte[] bytes(Object value) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Records of plain values can be written", e);
        }
    }

    static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A resolved configuration is JSON", e);
        }
    }

    static <T> T read(Storage storage, String uri, Class<T> type) {
        try {
            return JSON.readValue(storage.read(uri), type);
        } catch (IOException e) {
            throw Failure.state(
                            "Cannot read %s: it is damaged, or not what a registry holds there (%s). Restore the file",
                            uri, e.getMessage())
                    .causedBy(e);
        }
    }
}
