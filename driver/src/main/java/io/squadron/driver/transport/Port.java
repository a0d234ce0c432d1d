package io.squadron.driver.transport;

import java.util.List;
import java.util.Locale;

/** The two ports of a rank. Each has threads of its own, so that short messages do not queue behind long vectors. */
enum Port {
    PROMPT,
    BULK;

    /** The lanes that begin here; as many threads serve them. */
    List<Lane> lanes() {
        return this == PROMPT ? List.of(Lane.PROMPT) : List.of(Lane.DOWN, Lane.UP);
    }

    /** Settings of this port alone are {@code spark.<module>.io.*}. */
    String module() {
        return "squadron." + name().toLowerCase(Locale.ROOT);
    }
}
