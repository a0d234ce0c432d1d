package io.squadron.replica;

import java.io.Serializable;

/**
 * One written file of a state.
 *
 * @param name below the checkpoint's directory; empty where a rank wrote nothing
 * @param bytes size
 * @param sha256 of the whole file, hex
 */
public record SavedPart(String name, long bytes, String sha256) implements Serializable {
    static SavedPart none() {
        return new SavedPart("", 0, "");
    }
}
