package io.squadron.driver.transport;

import java.nio.ByteBuffer;
import java.util.List;

/** One byte for each of a few words: its place in {@code words}, which therefore only grow at the end. */
record Code<T>(List<T> words) {
    byte of(T word) {
        return (byte) words.indexOf(word);
    }

    T read(ByteBuffer from) {
        int code = from.get();
        if (code < 0 || code >= words.size()) {
            throw new IllegalArgumentException("it does not speak this protocol");
        }
        return words.get(code);
    }
}
