package io.squadron.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.squadron.storage.Checksum;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * SHA-256 over what decides a training: the class names, and id, label, split, shard, offset and length of every sample in
 * order. Where the images came from, and where the dataset lies, does not count.
 */
public final class Fingerprint {
    private static final int ROW = 8 + 4 + 1 + 4 + 8 + 4;

    private Fingerprint() {}

    /** The fingerprint of what {@code index} holds, whatever fingerprint it bears. */
    public static String of(DatasetIndex index) {
        MessageDigest digest = Checksum.digest();
        for (String name : index.classes()) {
            digest.update(name.getBytes(UTF_8));
            digest.update((byte) 0);
        }
        ByteBuffer row = ByteBuffer.allocate(ROW);
        for (int i = 0; i < index.size(); i++) {
            row.clear();
            row.putLong(index.ids()[i]).putInt(index.labels()[i]).put(index.splits()[i]);
            row.putInt(index.shards()[i]).putLong(index.offsets()[i]).putInt(index.lengths()[i]);
            digest.update(row.flip());
        }
        return Checksum.hex(digest.digest());
    }
}
