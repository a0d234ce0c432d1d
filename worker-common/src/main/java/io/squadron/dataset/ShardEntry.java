package io.squadron.dataset;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.squadron.failure.Failure;
import java.util.Arrays;

/**
 * The header before a sample's image in its shard, {@value #BYTES} bytes as {@link ShardWriter} writes them. It bears the
 * sample's id and length, so whoever reads it along with the image knows that the shard is the one that the index means.
 */
public final class ShardEntry {
    /** Of the header; the image follows at once. */
    public static final int BYTES = 512;

    private static final int ID_DIGITS = 16;
    private static final int SIZE_AT = 124;
    private static final int SIZE_DIGITS = 11;

    private ShardEntry() {}

    /**
     * Fails with DATA when the {@value #BYTES} bytes of {@code header} are not the header of that sample.
     *
     * @param id of the sample, from the index
     * @param length of its image, from the index
     */
    public static void require(byte[] header, long id, int length) {
        String expected = "%016x.".formatted(id);
        String name = new String(header, 0, Math.min(header.length, ID_DIGITS + 1), US_ASCII);
        if (header.length < BYTES || !name.equals(expected)) {
            throw Failure.data(
                    "Cannot read sample %s: the entry there is named '%s'. The shard is damaged, or of another dataset: "
                            + "restore it, or prepare again",
                    expected, name.replaceAll("[^ -~]", "?"));
        }
        String size = new String(Arrays.copyOfRange(header, SIZE_AT, SIZE_AT + SIZE_DIGITS), US_ASCII);
        if (!size.equals("%011o".formatted(length))) {
            throw Failure.data(
                    "Cannot read sample %s: its entry has octal size %s (expected %011o). The shard is damaged, or of another "
                            + "dataset: restore it, or prepare again",
                    expected, size.replaceAll("[^0-7]", "?"), length);
        }
    }
}
