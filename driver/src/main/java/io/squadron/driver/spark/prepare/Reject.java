package io.squadron.driver.spark.prepare;

/**
 * A file that is left out.
 *
 * @param path below the source
 * @param kind whether it counts against the limit
 */
record Reject(String path, String reason, Kind kind) {
    enum Kind {
        /** Named like an image, but cannot be decoded: counted. */
        DAMAGED,
        /** Not named like an image: listed, not counted. */
        IGNORED
    }
}
