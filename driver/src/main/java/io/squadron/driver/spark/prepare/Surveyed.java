package io.squadron.driver.spark.prepare;

/**
 * What an executor found out about a candidate.
 *
 * @param number of the candidate in its listing
 * @param hash of its content
 * @param length bytes of its file
 * @param reason why it cannot be used; empty when it can
 */
record Surveyed(int number, long hash, int length, int height, int width, PixelSums sums, String reason) {
    boolean usable() {
        return reason.isEmpty();
    }
}
