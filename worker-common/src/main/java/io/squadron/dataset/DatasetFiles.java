package io.squadron.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.io.IOException;

/** Reads and writes dataset.json, and names the other parts of a dataset's directory. */
public final class DatasetFiles {
    /** Written last; a directory without it is no dataset. */
    public static final String DESCRIPTION = "dataset.json";

    /** Parquet, one row per sample. */
    public static final String MANIFEST = "manifest.parquet";

    /** What was left out and why, one JSON object a line. */
    public static final String REJECTS = "rejects.jsonl";

    /** The directory of the tars. */
    public static final String SHARDS = "shards";

    /** What a prepare that was stopped goes on from; gone when the dataset is there. */
    public static final String WORK = "_prepare";

    private static final ObjectMapper JSON = new ObjectMapper();

    private DatasetFiles() {}

    /** Commits a dataset; the name must be free. */
    public static void write(Storage storage, String directory, DatasetDescription description) {
        JsonNode tree = DescriptionJson.toTree(JSON, description);
        try {
            byte[] text = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree);
            storage.publish(Storage.child(directory, DESCRIPTION), text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of plain values can be written", e);
        }
    }

    /**
     * The name in the dataset {@code to} of a shard that the dataset {@code from} calls {@code name}. Between directories side by
     * side it is relative, so that they can be moved together; else it is the shard's URI.
     */
    public static String nameElsewhere(Storage storage, String from, String name, String to) {
        String shard = storage.qualified(Storage.child(from, name));
        String target = storage.qualified(to);
        String beside = target.substring(0, target.lastIndexOf('/') + 1);
        return shard.startsWith(beside) ? "../" + shard.substring(beside.length()) : shard;
    }

    /** Fails with DATA when there is no dataset, or one of another version, or a damaged description. */
    public static DatasetDescription read(Storage storage, String directory) {
        String uri = Storage.child(directory, DESCRIPTION);
        if (!storage.exists(uri)) {
            throw Failure.data(
                    "Cannot read dataset %s: it has no %s (expected the directory that `squadron prepare` wrote). "
                            + "Correct the path, or run prepare to its end",
                    directory, DESCRIPTION);
        }
        try {
            return DescriptionJson.fromTree(uri, JSON.readTree(storage.read(uri)));
        } catch (IOException e) {
            throw Failure.data("Cannot read %s: it is no JSON. Prepare the dataset again", uri)
                    .causedBy(e);
        }
    }
}
