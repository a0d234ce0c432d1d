package io.squadron.driver.source;

import io.squadron.dataset.Split;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where in a record of a table what stands.
 *
 * @param fields of every record
 * @param path place of the path among them
 * @param split place of the split, or -1
 */
record CsvLayout(int delimiter, int fields, int path, int label, int split) {
    static CsvLayout of(int delimiter, List<String> header, TableColumns columns) {
        return new CsvLayout(
                delimiter,
                header.size(),
                header.indexOf(columns.image()),
                header.indexOf(columns.label()),
                columns.split().map(header::indexOf).orElse(-1));
    }

    /** As a unit carries it to an executor. */
    String text() {
        return delimiter + " " + fields + " " + path + " " + label + " " + split;
    }

    static CsvLayout parse(String text) {
        int[] numbers =
                Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
        return new CsvLayout(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    /** Fails with DATA where a record is none of this table. */
    void require(String uri, long line, List<String> record) {
        if (record.size() != fields) {
            throw Failure.data(
                    "Cannot read %s, line %d: it has %d fields (expected %d, as the first line has). Correct the file",
                    uri, line, record.size(), fields);
        }
        if (record.get(path).isBlank() || record.get(label).isBlank()) {
            throw Failure.data(
                    "Cannot read %s, line %d: path '%s', label '%s' (expected both). Correct the file",
                    uri, line, record.get(path), record.get(label));
        }
        splitOf(uri, line, record);
    }

    /** Empty where the table has no such column, or this record nothing in it. */
    Optional<Split> splitOf(String uri, long line, List<String> record) {
        return split < 0 ? Optional.empty() : split(uri, line, record.get(split));
    }

    static Optional<Split> split(String uri, long line, String word) {
        if (word.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(Names.split(word.strip())
                .orElseThrow(() -> Failure.data(
                        "Cannot read %s, line %d: split '%s' (expected train, validation or test). Correct the file",
                        uri, line, word)));
    }

    /** The URI of a path that stands in the table {@code uri}. */
    static String absolute(String uri, String path) {
        return Storage.child(uri.substring(0, uri.lastIndexOf('/') + 1), path.strip());
    }
}
