package io.squadron.driver.spark.prepare;

import io.squadron.dataset.Split;
import java.util.Optional;

/**
 * An image that was found, before anybody looked into it.
 *
 * @param path below the source, what people see; an entry of an IDX file as "file#number"
 * @param uri of the file that holds it
 * @param entry number inside an IDX file, or {@link #WHOLE_FILE}
 * @param split where a folder or file name says so
 */
record Candidate(String path, String uri, int entry, int label, Optional<Split> split) {
    static final int WHOLE_FILE = -1;

    /** The extension that its entry in a shard gets. */
    String extension() {
        return entry == WHOLE_FILE ? Names.extension(path) : "png";
    }
}
