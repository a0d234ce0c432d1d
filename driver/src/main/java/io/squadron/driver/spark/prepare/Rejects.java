package io.squadron.driver.spark.prepare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.squadron.dataset.DatasetFiles;
import io.squadron.driver.source.Listing;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What is left out and what is to be known of, by path. Of very many the first are listed, and all are counted. */
final class Rejects {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Each takes some hundred bytes of the driver's memory. */
    private static final int LISTED = 100_000;

    private final List<Reject> listed = new ArrayList<>();
    private int all;
    private int damaged;

    private Rejects() {}

    static Rejects of(List<Listing.Ignored> ignored) {
        Rejects rejects = new Rejects();
        ignored.forEach(each -> rejects.add(each.path(), each.reason(), Reject.Kind.IGNORED));
        return rejects;
    }

    void damaged(String path, String reason) {
        damaged++;
        add(path, reason, Reject.Kind.DAMAGED);
    }

    void add(String path, String reason, Reject.Kind kind) {
        all++;
        if (listed.size() < LISTED) {
            listed.add(new Reject(path, reason, kind));
        }
    }

    /** How many count against the limit. */
    int damaged() {
        return damaged;
    }

    /** Writes the list, where there is something to list. */
    void write(Storage storage, String directory) {
        String uri = Storage.child(directory, DatasetFiles.REJECTS);
        if (all == 0) {
            storage.delete(uri);
            return;
        }
        listed.sort(Comparator.comparing(Reject::path));
        storage.replace(uri, out -> {
            Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            for (Reject each : listed) {
                text.append(line(each)).append('\n');
            }
            if (all > listed.size()) {
                text.append("{\"unlisted\":" + (all - listed.size()) + "}\n");
            }
            text.flush();
        });
    }

    /** Writes the list and stops the job when more than the allowed share of {@code candidates} is damaged. */
    void requireFew(Storage storage, PrepareSettings settings, int candidates) {
        if (damaged > settings.limits().rejectShare() * candidates) {
            write(storage, settings.out());
            Reject first = listed.stream()
                    .sorted(Comparator.comparing(Reject::path))
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
