package io.squadron.driver.source;

import io.squadron.failure.Failure;
import io.squadron.image.Image;
import io.squadron.storage.Storage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * An IDX file of unsigned bytes in memory, as MNIST and its family have them: big-endian, two zeros, type 8, the number of
 * dimensions, one 32-bit size for each, then the values (Y. LeCun, "The MNIST database").
 *
 * @param count entries
 * @param height rows of an entry; 1 for labels
 * @param width columns of an entry; 1 for labels
 */
record IdxFile(int count, int height, int width, byte[] content) {
    private static final int UNSIGNED_BYTES = 0x0800;

    /** Reads a file, gzipped or not. */
    static IdxFile read(Storage storage, String uri, int dimensions) {
        byte[] content = unpacked(uri, storage.read(uri));
        int header = 4 + 4 * dimensions;
        ByteBuffer in = ByteBuffer.wrap(content);
        if (content.length < header || in.getInt() != (UNSIGNED_BYTES | dimensions)) {
            throw Failure.data(
                    "Cannot read %s: it is no IDX file of %d dimensions of bytes. Replace the file", uri, dimensions);
        }
        int count = in.getInt();
        int height = dimensions == 3 ? in.getInt() : 1;
        int width = dimensions == 3 ? in.getInt() : 1;
        long expected = header + (long) count * height * width;
        if (count < 0 || height < 1 || width < 1 || content.length != expected) {
            throw Failure.data(
                    "Cannot read %s: %d bytes (expected %d for %d entries of %d x %d). Replace the file",
                    uri, content.length, expected, count, height, width);
        }
        return new IdxFile(count, height, width, content);
    }

    private static byte[] unpacked(String uri, byte[] file) {
        if (!uri.endsWith(".gz")) {
            return file;
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw Failure.data("Cannot unpack %s: damaged or cut short (%s). Replace the file", uri, e.getMessage())
                    .causedBy(e);
        }
    }

    /** The values of one entry. // [height * width] */
    byte[] entry(int number) {
        int size = height * width;
        int start = content.length - (count - number) * size;
        return Arrays.copyOfRange(content, start, start + size);
    }

    Image image(int number) {
        byte[] grey = entry(number);
        byte[] pixels = new byte[grey.length * Image.CHANNELS];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = grey[i / Image.CHANNELS];
        }
        return new Image(height, width, pixels);
    }
}
