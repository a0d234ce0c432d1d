package io.squadron.driver.spark.prepare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.squadron.dataset.DatasetFiles;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What is left out, by path.
 *
 * @param damaged how many count against the limit
 */
record Rejects(List<Reject> all, int damaged) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Rejects of(Listing listing, List<Surveyed> surveyed) {
        List<Reject> all = new ArrayList<>(listing.ignored());
        for (Surveyed each : surveyed) {
            if (!each.usable()) {
                String path = listing.candidates().get(each.number()).path();
                all.add(new Reject(path, each.reason(), Reject.Kind.DAMAGED));
            }
        }
        int damaged = all.size() - listing.ignored().size();
        all.sort(Comparator.comparing(Reject::path));
        return new Rejects(List.copyOf(all), damaged);
    }

    /** Writes the list, where there is something to list. */
    void write(Storage storage, String directory) {
        if (!all.isEmpty()) {
            StringBuilder text = new StringBuilder();
            all.forEach(each -> text.append(line(each)).append('\n'));
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            storage.replace(Storage.child(directory, DatasetFiles.REJECTS), bytes);
        }
    }

    /** Stops the job when more than the allowed share of {@code candidates} is damaged. */
    void requireFew(PrepareSettings settings, int candidates) {
        if (damaged > settings.limits().rejectShare() * candidates) {
            Reject first = all.stream()
                    .filter(each -> each.kind() == Reject.Kind.DAMAGED)
                    .findFirst()
                    .orElseThrow();
            throw Failure.data(
                    "Cannot prepare %s: %d of %d images are damaged, the first is %s: %s (expected at most a share of "
                            + "%s). Mend or remove those that %s lists, or raise the share",
                    settings.source(),
                    damaged,
                    candidates,
                    first.path(),
                    first.reason(),
                    settings.limits().rejectShare(),
                    Storage.child(settings.out(), DatasetFiles.REJECTS));
        }
    }

    private static String line(Reject reject) {
        try {
            return JSON.writeValueAsString(JSON.createObjectNode()
                    .put("path", reject.path())
                    .put("kind", reject.kind().name().toLowerCase(Locale.ROOT))
                    .put("reason", reject.reason()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of plain values can be written", e);
        }
    }
}
