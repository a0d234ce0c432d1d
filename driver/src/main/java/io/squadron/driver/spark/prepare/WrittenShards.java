package io.squadron.driver.spark.prepare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.squadron.dataset.DatasetDescription.Shard;
import io.squadron.dataset.DatasetFiles;
import io.squadron.storage.Storage;
import io.squadron.storage.StoredFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Remembers which shards are whole, and according to which plan they were written. */
record WrittenShards(Work work) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** After the shard itself: what a shard's record says holds. */
    void record(String name, String plan, long length, String sha256) {
        String text = JSON.createObjectNode()
                .put("plan", plan)
                .put("length", length)
                .put("sha256", sha256)
                .toString();
        work.storage().replace(work.written(name), text.getBytes(StandardCharsets.UTF_8));
    }

    /** Those of {@code placement} that are there, by number; removes what an earlier try left beside them. */
    Map<Integer, Shard> find(Placement placement) {
        Storage storage = work.storage();
        String folder = Storage.child(work.out(), DatasetFiles.SHARDS);
        List<StoredFile> files = storage.exists(folder) ? storage.list(folder) : List.of();
        Map<String, StoredFile> there = new HashMap<>();
        files.forEach(each -> there.put(Storage.child(DatasetFiles.SHARDS, each.name()), each));
        String records = work.written("");
        Set<String> recorded = work.names(records.substring(0, records.lastIndexOf('/')));
        Map<Integer, Shard> found = new HashMap<>();
        for (int i = 0; i < placement.shardNames().size(); i++) {
            String name = placement.shardNames().get(i);
            String file = work.written(name);
            if (there.containsKey(name) && recorded.contains(file.substring(file.lastIndexOf('/') + 1))) {
                JsonNode record = read(file);
                long length = record.path("length").asLong(-1);
                if (record.path("plan").asText().equals(placement.plans().get(i))
                        && length == there.get(name).length()) {
                    found.put(i, new Shard(name, length, record.path("sha256").asText()));
                    there.remove(name);
                }
            }
        }
        there.values().forEach(each -> storage.delete(each.uri()));
        return found;
    }

    private JsonNode read(String uri) {
        try {
            return JSON.readTree(work.storage().read(uri));
        } catch (IOException damaged) {
            // As good as none: the shard is written again.
            return JSON.createObjectNode();
        }
    }
}
