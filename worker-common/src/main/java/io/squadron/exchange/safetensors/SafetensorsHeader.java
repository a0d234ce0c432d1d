package io.squadron.exchange.safetensors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.squadron.exchange.ByteRanges;
import io.squadron.exchange.NumberKind;
import io.squadron.exchange.TensorEntry;
import io.squadron.failure.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands before the numbers, checked.
 *
 * @param places by name
 */
record SafetensorsHeader(Map<String, Place> places, Map<String, String> metadata) {
    /** The key that is no tensor. */
    static final String METADATA = "__metadata__";

    /** The limit of the format's own library, in bytes. */
    static final long LONGEST = 100_000_000;

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Where one tensor lies: bytes {@code begin} to {@code end} of the file. */
    record Place(TensorEntry entry, NumberKind kind, long begin, long end) {}

    static SafetensorsHeader read(ByteRanges file) {
        if (file.length() < Long.BYTES) {
            throw damaged(file, "it has %d bytes", file.length());
        }
        long length = file.buffer(0, Long.BYTES).getLong();
        if (length < 2 || length > LONGEST || length > file.length() - Long.BYTES) {
            throw damaged(
                    file,
                    "its header is said to have %d bytes, of a file of %d (at most %d)",
                    length,
                    file.length(),
                    LONGEST);
        }
        JsonNode root = parse(file, file.bytes(Long.BYTES, (int) length));
        SafetensorsHeader header = of(file, root, Long.BYTES + length);
        header.requireCover(file, Long.BYTES + length);
        return header;
    }

    private static JsonNode parse(ByteRanges file, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            JsonNode root = JSON.readTree(text);
            if (!root.isObject()) {
                throw damaged(file, "its header is no JSON object");
            }
            return root;
        } catch (CharacterCodingException e) {
            throw damaged(file, "its header is not UTF-8").causedBy(e);
        } catch (JsonProcessingException e) {
            throw damaged(file, "its header is no JSON with unique names: %s", e.getOriginalMessage())
                    .causedBy(e);
        }
    }

    private static SafetensorsHeader of(ByteRanges file, JsonNode root, long data) {
        Map<String, Place> places = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        root.fields().forEachRemaining(field -> {
            if (field.getKey().equals(METADATA)) {
                field.getValue()
                        .fields()
                        .forEachRemaining(each ->
                                metadata.put(each.getKey(), each.getValue().asText()));
            } else {
                places.put(field.getKey(), place(file, field.getKey(), field.getValue(), data));
            }
        });
        return new SafetensorsHeader(places, metadata);
    }

    private static Place place(ByteRanges file, String name, JsonNode node, long data) {
        NumberKind kind = kind(file, name, node.path("dtype").asText());
        List<Integer> shape = new ArrayList<>();
        long elements = 1;
        for (JsonNode side : node.path("shape")) {
            if (!side.isInt() || side.asInt() < 0 || elements * side.asInt() > Integer.MAX_VALUE) {
                throw damaged(file, "tensor '%s' has the shape %s", name, node.path("shape"));
            }
            elements *= side.asInt();
            shape.add(side.asInt());
        }
        JsonNode range = node.path("data_offsets");
        long begin = range.path(0).asLong(-1);
        long end = range.path(1).asLong(-1);
        if (!node.path("shape").isArray()
                || range.size() != 2
                || begin < 0
                || end < begin
                || end - begin != elements * kind.bytes()
                || end > file.length() - data) {
            throw damaged(
                    file,
                    "tensor '%s' of type %s and shape %s has the range %s, of %d bytes of data",
                    name,
                    kind,
                    node.path("shape"),
                    range,
                    file.length() - data);
        }
        return new Place(new TensorEntry(name, shape), kind, data + begin, data + end);
    }

    private static NumberKind kind(ByteRanges file, String name, String dtype) {
        try {
            return NumberKind.valueOf(dtype);
        } catch (IllegalArgumentException e) {
            throw Failure.data(
                            "Cannot read %s: tensor '%s' has the type '%s' (expected one of %s). "
                                    + "Save it in one of these first",
                            file.uri(), name, dtype, List.of(NumberKind.values()))
                    .causedBy(e);
        }
    }

    /** Without a gap, an overlap, or bytes that belong to nothing. */
    private void requireCover(ByteRanges file, long data) {
        List<Place> sorted = new ArrayList<>(places.values());
        sorted.sort(Comparator.comparingLong(Place::begin).thenComparingLong(Place::end));
        long end = data;
        for (Place place : sorted) {
            if (place.begin() != end) {
                throw damaged(
                        file,
                        "tensor '%s' begins at byte %d of the file, but the one before ends at %d",
                        place.entry().name(),
                        place.begin(),
                        end);
            }
            end = place.end();
        }
        if (end != file.length()) {
            throw damaged(file, "the last tensor ends at byte %d, the file at %d", end, file.length());
        }
    }

    private static Failure damaged(ByteRanges file, String format, Object... values) {
        return Failure.data(
                "Cannot read %s: %s (expected a whole safetensors file). Get it again",
                file.uri(), String.format(java.util.Locale.ROOT, format, values));
    }
}
