package io.squadron.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** WebP files, which the JDK cannot write. */
final class WebpFiles {
    private WebpFiles() {}

    static JsonNode golden() {
        return JpegFiles.read("webp.json").get("files");
    }

    static Map<String, byte[]> all() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        golden().fields()
                .forEachRemaining(each ->
                        files.put(each.getKey(), JpegFiles.bytes(each.getValue().get("file"))));
        return files;
    }
}
