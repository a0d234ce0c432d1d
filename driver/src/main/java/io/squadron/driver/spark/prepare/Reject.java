package io.squadron.driver.spark.prepare;

/**
 * A file that is left out, or is to be known of.
 *
 * @param path below the source
 * @param kind whether it counts against the limit
 */
record Reject(String path, String reason, Kind kind) {
    enum Kind {
        /** Named like an image, but cannot be decoded: counted. */
        DAMAGED,
        /** Not named like an image: listed, not counted. */
        IGNORED,
        /** The same image stands in another split or class. */
        DUPLICATE,
        /** In the version that is added to, and no longer in the source. */
        ABSENT
    }
}
