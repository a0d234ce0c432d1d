package io.squadron.exchange.safetensors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.squadron.exchange.TensorEntry;
import io.squadron.exchange.TensorFile;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Safetensors files that together are one: {@code model.safetensors.index.json} has a {@code weight_map} that says which
 * tensor lies in which file beside it. Every shard is opened, and each tensor must be where the index says.
 */
public final class SafetensorsIndex implements TensorFile {
    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final long LONGEST = SafetensorsHeader.LONGEST;

    private final String uri;
    private final Map<String, SafetensorsFile> shards;
    private final Map<String, SafetensorsFile> homes = new HashMap<>();
    private final List<TensorEntry> entries = new ArrayList<>();
    private final Map<String, String> metadata = new HashMap<>();

    private SafetensorsIndex(String uri, Map<String, SafetensorsFile> shards) {
        this.uri = uri;
        this.shards = shards;
    }

    /** Opens the index and all its files. */
    public static SafetensorsIndex open(Storage storage, String uri) {
        Map<String, String> map = weightMap(storage, uri);
        SafetensorsIndex index = new SafetensorsIndex(uri, new LinkedHashMap<>());
        try {
            String home = uri.contains("/") ? uri.substring(0, uri.lastIndexOf('/')) : ".";
            for (String shard : map.values().stream().distinct().sorted().toList()) {
                index.shards.put(shard, SafetensorsFile.open(storage, Storage.child(home, shard)));
            }
            index.take(map);
            return index;
        } catch (RuntimeException e) {
            index.close();
            throw e;
        }
    }

    private static Map<String, String> weightMap(Storage storage, String uri) {
        if (storage.file(uri).length() > LONGEST) {
            throw damaged(uri, "it is longer than " + LONGEST + " bytes");
        }
        JsonNode map;
        try {
            map = JSON.readTree(storage.read(uri)).path("weight_map");
        } catch (IOException e) {
            throw damaged(uri, "it is no JSON with unique names").causedBy(e);
        }
        Map<String, String> shards = new LinkedHashMap<>();
        map.fields()
                .forEachRemaining(
                        each -> shards.put(each.getKey(), each.getValue().asText()));
        if (shards.isEmpty()) {
            throw damaged(uri, "it has no weight_map");
        }
        for (String name : shards.values()) {
            // A name, not a way: an index must not reach for files elsewhere.
            if (name.isEmpty() || name.contains("/") || name.contains("\\") || name.contains(":")) {
                throw damaged(uri, "its weight_map names the file '" + name + "', which does not lie beside it");
            }
        }
        return shards;
    }

    private void take(Map<String, String> map) {
        Map<String, TensorEntry> found = new HashMap<>();
        shards.forEach((name, shard) -> {
            metadata.putAll(shard.metadata());
            for (TensorEntry entry : shard.entries()) {
                if (!name.equals(map.get(entry.name()))) {
                    throw damaged(
                            uri, "tensor '%s' lies in %s, of which it knows nothing".formatted(entry.name(), name));
                }
                found.put(entry.name(), entry);
            }
        });
        map.forEach((tensor, shard) -> {
            if (!found.containsKey(tensor)) {
                throw damaged(uri, "tensor '%s' should lie in %s and does not".formatted(tensor, shard));
            }
            entries.add(found.get(tensor));
            homes.put(tensor, shards.get(shard));
        });
    }

    private static Failure damaged(String uri, String found) {
        return Failure.data(
                "Cannot read %s: %s (expected an index of safetensors files beside it). Get all of them again",
                uri, found);
    }

    @Override
    public String where() {
        return uri;
    }

    @Override
    public List<TensorEntry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public Map<String, String> metadata() {
        return Map.copyOf(metadata);
    }

    @Override
    public float[] read(TensorEntry entry) {
        return homes.get(entry.name()).read(entry);
    }

    @Override
    public void close() {
        shards.values().forEach(SafetensorsFile::close);
    }
}
