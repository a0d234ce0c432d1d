package io.squadron.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** What docs/results/scripts/resize_golden.py wrote. */
public final class JpegFiles {
    private JpegFiles() {}

    /** A file of golden-image. */
    public static JsonNode read(String name) {
        try (InputStream in = JpegFiles.class.getResourceAsStream("/golden-image/" + name)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] bytes(JsonNode base64) {
        return Base64.getDecoder().decode(base64.asText());
    }

    static Map<String, byte[]> all() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        read("jpeg.json")
                .get("files")
                .fields()
                .forEachRemaining(
                        each -> files.put(each.getKey(), bytes(each.getValue().get("file"))));
        return files;
    }

    static byte[] named(String name) {
        return all().get(name);
    }
}
