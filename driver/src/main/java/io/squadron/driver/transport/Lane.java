package io.squadron.driver.transport;

import java.util.Locale;

/** The two kinds of connection between a pair of ranks; neither waits for the other. */
enum Lane {
    /** Offers, which carry short vectors, and notices: latency first. */
    PROMPT,
    /** Pieces of long vectors: bandwidth first. */
    BULK;

    /** Settings of this lane alone are {@code spark.<module>.io.*}. */
    String module() {
        return "squadron." + name().toLowerCase(Locale.ROOT);
    }
}
