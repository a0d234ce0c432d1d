package io.squadron.driver.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;

/**
 * Lists parquet files. A unit is a stretch of bytes of one; a row group belongs to the stretch that holds its middle. The
 * first file is looked into for its columns, and for the names of classes that public hubs keep in it.
 */
record ParquetScan(Storage storage, SourceOptions options) {
    private static final long UNIT_BYTES = 64L << 20;

    Listing list(List<SourceScan.Found> files) {
        SourceScan.Found first = files.get(0);
        FileMetaData facts = facts(storage, first.file().uri());
        ParquetLayout layout = ParquetLayout.of(first.file().uri(), facts.getSchema(), options.columns());
        List<SourceUnit> units = new ArrayList<>();
        for (SourceScan.Found each : files) {
            long length = each.file().length();
            LongStream.range(0, (length + UNIT_BYTES - 1) / UNIT_BYTES)
                    .map(i -> i * UNIT_BYTES)
                    .mapToObj(begin -> new SourceUnit.Range(begin, Math.min(length, begin + UNIT_BYTES)))
                    .forEach(range -> units.add(SourceUnit.of(
                            SourceFormat.PARQUET,
                            each.file(),
                            each.path(),
                            range,
                            "",
                            Names.splitOfPath(each.path()))));
        }
        return new Listing(classes(facts, layout.columns().label()), units, List.of());
    }

    /** Fails with DATA where the file is no parquet. */
    static FileMetaData facts(Storage storage, String uri) {
        try (ParquetFileReader reader = ParquetFileReader.open(new ParquetFile(storage, uri))) {
            return reader.getFooter().getFileMetaData();
        } catch (IOException | RuntimeException e) {
            throw damaged(uri, e);
        }
    }

    /** The readers of parquet throw all kinds of runtime exceptions at damaged files. */
    static Failure damaged(String uri, Exception e) {
        if (e instanceof Failure failure) {
            return failure;
        }
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return Failure.data(
                        "Cannot read parquet %s: damaged or cut short (%s). Replace the file, or remove it",
                        uri, reason.lines().findFirst().orElse(""))
                .causedBy(e);
    }

    private static List<String> classes(FileMetaData facts, String label) {
        String text = facts.getKeyValueMetaData().getOrDefault("huggingface", "{}");
        try {
            JsonNode names = new ObjectMapper()
                    .readTree(text)
                    .at("/info/features")
                    .path(label)
                    .path("names");
            List<String> found = new ArrayList<>();
            names.forEach(each -> found.add(each.asText()));
            return found;
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }
}
