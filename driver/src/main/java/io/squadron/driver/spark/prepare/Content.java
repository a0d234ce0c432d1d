package io.squadron.driver.spark.prepare;

import io.squadron.image.Encoder;
import io.squadron.storage.Checksum;
import io.squadron.storage.Storage;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * The bytes of a candidate.
 *
 * @param file as it is stored in a shard
 * @param hash first 64 bits of SHA-256 over what makes it that image: the file, or the pixels of an IDX entry, so that a
 *     different PNG encoder does not make it another sample
 */
record Content(byte[] file, long hash) {
    /** Reads candidates one after the other; keeps an IDX file in memory while its entries are asked for. */
    static final class Reader {
        private final Storage storage;
        private final Map<String, IdxFile> known = new HashMap<>();

        Reader(Storage storage) {
            this.storage = storage;
        }

        Content read(String uri, int entry) {
            if (entry == Candidate.WHOLE_FILE) {
                byte[] file = storage.read(uri);
                return new Content(file, hash(file));
            }
            IdxFile idx = known.computeIfAbsent(uri, each -> IdxFile.read(storage, each, 3));
            return new Content(Encoder.png(idx.image(entry)), hash(idx.entry(entry)));
        }

        private static long hash(byte[] bytes) {
            return ByteBuffer.wrap(Checksum.digest().digest(bytes)).getLong();
        }
    }
}
