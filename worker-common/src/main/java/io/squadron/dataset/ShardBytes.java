package io.squadron.dataset;

import io.squadron.failure.Failure;
import io.squadron.storage.Checksum;
import io.squadron.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.util.Arrays;
import java.util.function.Consumer;

/** The bytes of one shard, wherever they are kept. Thread-safe. */
interface ShardBytes {
    /** Fails with DATA where the shard ends before. */
    byte[] range(long offset, int length);

    /** On the heap. */
    record InMemory(byte[] all) implements ShardBytes {
        @Override
        public byte[] range(long offset, int length) {
            if (offset + length > all.length) {
                throw cut(offset, length, all.length);
            }
            return Arrays.copyOfRange(all, (int) offset, (int) offset + length);
        }
    }

    /** Where the dataset lies: one read for each range. */
    record Stored(Storage storage, String uri) implements ShardBytes {
        @Override
        public byte[] range(long offset, int length) {
            return storage.readRange(uri, offset, length);
        }
    }

    /** In a file that has no name any more: it is gone with this process, however that ends. */
    record OnDisk(FileChannel file) implements ShardBytes {
        /** Copies the shard at {@code uri}, of {@code length} bytes, to the folder for temporary files; its SHA-256 is shown. */
        static OnDisk copy(Storage storage, String uri, long length, Consumer<String> sum) {
            try {
                Path path = Files.createTempFile("squadron-shard", ".tar");
                try (DigestInputStream from = new DigestInputStream(storage.open(uri), Checksum.digest())) {
                    Files.copy(from, path, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                    long came = Files.size(path);
                    if (came != length) {
                        throw Failure.data(
                                "Cannot keep shard %s: %d bytes came (expected %d). Prepare the dataset again",
                                uri, came, length);
                    }
                    sum.accept(Checksum.hex(from.getMessageDigest().digest()));
                    return new OnDisk(FileChannel.open(path, StandardOpenOption.READ));
                } finally {
                    Files.delete(path);
                }
            } catch (IOException e) {
                throw Failure.resources(
                                "Cannot keep shard %s on the disk of this machine: %s. Free space in %s, or lower input.cache-disk",
                                uri, e, System.getProperty("java.io.tmpdir"))
                        .causedBy(e);
            }
        }

        @Override
        public byte[] range(long offset, int length) {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            try {
                while (bytes.hasRemaining()) {
                    if (file.read(bytes, offset + bytes.position()) < 0) {
                        throw cut(offset, length, file.size());
                    }
                }
                return bytes.array();
            } catch (IOException e) {
                throw Failure.resources("Cannot read a shard that is kept on the disk of this machine: %s", e)
                        .causedBy(e);
            }
        }
    }

    private static Failure cut(long offset, int length, long end) {
        return Failure.data("Cannot read bytes %d to %d: the shard ends after %d", offset, offset + length, end);
    }
}
