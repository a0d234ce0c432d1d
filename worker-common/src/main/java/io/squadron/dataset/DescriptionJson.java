package io.squadron.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.squadron.failure.Failure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@link DatasetDescription} as a JSON tree. The format's name and version come first. */
final class DescriptionJson {
    private static final String FORMAT = "squadron-dataset";
    private static final int VERSION = 1;

    private DescriptionJson() {}

    static JsonNode toTree(ObjectMapper json, DatasetDescription description) {
        ObjectNode root = json.createObjectNode().put("format", FORMAT).put("version", VERSION);
        root.put("fingerprint", description.fingerprint());
        root.set("classes", json.valueToTree(description.classes()));
        ObjectNode counts = root.putObject("samples");
        for (Split split : Split.values()) {
            counts.put(key(split), description.counts().getOrDefault(split, 0));
        }
        ChannelStatistics statistics = description.statistics();
        ObjectNode channels = root.putObject("statistics").put("channels", statistics.channels());
        channels.set("mean", json.valueToTree(statistics.mean()));
        channels.set("deviation", json.valueToTree(statistics.deviation()));
        channels.set("pixelSums", json.valueToTree(description.pixelSums()));
        for (DatasetDescription.Shard shard : description.shards()) {
            root.withArray("shards")
                    .addObject()
                    .put("name", shard.name())
                    .put("length", shard.length())
                    .put("sha256", shard.sha256());
        }
        DatasetDescription.Provenance provenance = description.provenance();
        root.putObject("provenance")
                .put("source", provenance.source())
                .put("seed", provenance.seed())
                .put("splitRule", provenance.splitRule())
                .put("rejected", provenance.rejected())
                .put("duplicates", provenance.duplicates())
                .put("shrink", provenance.shrink())
                .put("base", provenance.base());
        return root;
    }

    static DatasetDescription fromTree(String uri, JsonNode root) {
        checkVersion(uri, root);
        Map<Split, Integer> counts = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            counts.put(split, at(uri, root, "/samples/" + key(split)).asInt());
        }
        ChannelStatistics statistics = new ChannelStatistics(
                at(uri, root, "/statistics/channels").asInt(),
                numbers(at(uri, root, "/statistics/mean")),
                numbers(at(uri, root, "/statistics/deviation")));
        List<String> classes = new ArrayList<>();
        at(uri, root, "/classes").forEach(each -> classes.add(each.asText()));
        List<DatasetDescription.Shard> shards = new ArrayList<>();
        for (JsonNode shard : at(uri, root, "/shards")) {
            shards.add(new DatasetDescription.Shard(
                    at(uri, shard, "/name").asText(),
                    at(uri, shard, "/length").asLong(),
                    at(uri, shard, "/sha256").asText()));
        }
        List<Long> sums = new ArrayList<>();
        root.at("/statistics/pixelSums").forEach(each -> sums.add(each.asLong()));
        String fingerprint = at(uri, root, "/fingerprint").asText();
        return new DatasetDescription(
                classes, counts, statistics, sums, shards, fingerprint, provenance(uri, root.path("provenance")));
    }

    /** What older Squadrons did not write has the value of what they could not do. */
    private static DatasetDescription.Provenance provenance(String uri, JsonNode said) {
        return new DatasetDescription.Provenance(
                at(uri, said, "/source").asText(),
                at(uri, said, "/seed").asLong(),
                at(uri, said, "/splitRule").asText(),
                at(uri, said, "/rejected").asInt(),
                said.path("duplicates").asInt(),
                said.path("shrink").asInt(),
                said.path("base").asText());
    }

    private static void checkVersion(String uri, JsonNode root) {
        if (!FORMAT.equals(root.path("format").asText())) {
            throw Failure.data(
                    "Cannot read %s: its format is '%s' (expected '%s'). Prepare the dataset again",
                    uri, root.path("format").asText(), FORMAT);
        }
        if (root.path("version").asInt() != VERSION) {
            throw Failure.data(
                    "Cannot read %s: it has version %s (expected %d). Prepare the dataset again with this Squadron",
                    uri, root.path("version"), VERSION);
        }
    }

    private static JsonNode at(String uri, JsonNode node, String path) {
        JsonNode found = node.at(path);
        if (found.isMissingNode() || found.isNull()) {
            throw Failure.data("Cannot read %s: it lacks %s. Prepare the dataset again", uri, path);
        }
        return found;
    }

    private static List<Double> numbers(JsonNode array) {
        List<Double> found = new ArrayList<>();
        array.forEach(each -> found.add(each.asDouble()));
        return List.copyOf(found);
    }

    private static String key(Split split) {
        return split.name().toLowerCase(Locale.ROOT);
    }
}
