package io.squadron.replica;

import java.io.Serializable;

/** Whether the state of a round's end is written, and where. */
public sealed interface SavePoint extends Serializable {
    /** Nothing is written. */
    record Skip() implements SavePoint {}

    /** Each rank writes its part into this directory; the driver commits them. */
    record Into(String directory) implements SavePoint {}
}
