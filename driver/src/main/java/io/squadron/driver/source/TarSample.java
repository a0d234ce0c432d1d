package io.squadron.driver.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.squadron.dataset.Split;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The entries of a tar that make one sample, as they come. */
final class TarSample {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> LABELS = List.of("label", "cls", "class");
    private static final int LONGEST_LABEL = 1000;

    private final String key;
    private final Map<String, String> texts = new TreeMap<>();
    private String name = "";
    private long offset;
    private byte[] image = {};

    private TarSample(String key) {
        this.key = key;
    }

    static TarSample none() {
        return new TarSample("/");
    }

    static TarSample of(String name) {
        return new TarSample(key(name));
    }

    /** The folders, and the name up to its first dot that is not its beginning. */
    private static String key(String name) {
        int start = name.lastIndexOf('/') + 1;
        int dot = name.indexOf('.', start + 1);
        return dot < 0 ? name : name.substring(0, dot);
    }

    boolean has(String entry) {
        return key(entry).equals(key);
    }

    void add(String entry, long where, byte[] content) {
        String extension = Names.extension(entry);
        if (Names.isImage(entry) && name.isEmpty()) {
            name = entry;
            offset = where;
            image = content;
        } else if (extension.equals("cls") || extension.equals("json")) {
            texts.put(extension, new String(content, UTF_8));
        }
    }

    void tell(SourceUnit unit, UnitReader.Sink sink) {
        String visible = key.substring(key.lastIndexOf('/') + 1);
        if (name.isEmpty() || !Names.isVisible(visible)) {
            return;
        }
        String path = unit.path() + "#" + name;
        if (name.startsWith("/") || Arrays.asList(name.split("/")).contains("..")) {
            sink.damaged(path, "its name leads out of the archive");
            return;
        }
        try {
            JsonNode json = JSON.readTree(texts.getOrDefault("json", "{}"));
            Optional<String> label = label(json);
            if (label.isEmpty()) {
                sink.damaged(path, "no label beside it (expected an entry " + key + ".cls, or .json with a label)");
                return;
            }
            Optional<Split> split = Names.split(json.path("split").asText()).or(unit::split);
            sink.image(new Sighting(
                    path,
                    label.get(),
                    split,
                    Names.extension(name),
                    Sighting.Content.of(image),
                    new Sighting.Place(unit.uri(), offset)));
        } catch (JsonProcessingException e) {
            sink.damaged(path, "the .json beside it is damaged: " + e.getOriginalMessage());
        }
    }

    private Optional<String> label(JsonNode json) {
        return Optional.ofNullable(texts.get("cls"))
                .or(() -> LABELS.stream()
                        .map(json::path)
                        .filter(JsonNode::isValueNode)
                        .map(JsonNode::asText)
                        .findFirst())
                .map(String::strip)
                .filter(label -> !label.isEmpty() && label.length() <= LONGEST_LABEL);
    }
}
