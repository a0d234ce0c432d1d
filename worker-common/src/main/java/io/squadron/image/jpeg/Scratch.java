package io.squadron.image.jpeg;

/**
 * Room for bytes that nobody else sees and that need not begin as zeros, which each thread uses again and again: fresh arrays of
 * this size would be the collector's largest burden. One for each use that may overlap with others.
 */
public final class Scratch {
    /** More than that is not kept for the next picture. */
    private static final int MOST = 1 << 24;

    private final ThreadLocal<byte[]> kept = ThreadLocal.withInitial(() -> new byte[0]);

    /** At least {@code length} bytes, until this thread asks again. */
    public byte[] bytes(int length) {
        byte[] bytes = kept.get();
        if (bytes.length >= length) {
            return bytes;
        }
        byte[] larger = new byte[length <= MOST / 2 ? length + length / 4 : length];
        if (larger.length <= MOST) {
            kept.set(larger);
        }
        return larger;
    }
}
