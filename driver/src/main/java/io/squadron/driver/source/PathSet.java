package io.squadron.driver.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.squadron.failure.Failure;
import io.squadron.storage.Checksum;
import java.nio.ByteBuffer;

/** The paths of a table by 64 bits of their hash, to notice one that is listed twice. */
final class PathSet {
    private final LongSet known = new LongSet();

    /** Fails with DATA where it was added before. */
    void add(String uri, long line, String path) {
        long hash =
                ByteBuffer.wrap(Checksum.digest().digest(path.getBytes(UTF_8))).getLong();
        if (!known.add(hash)) {
            throw Failure.data(
                    "Cannot read %s, line %d: '%s' is listed a second time (expected each image once). Remove one",
                    uri, line, path);
        }
    }
}
