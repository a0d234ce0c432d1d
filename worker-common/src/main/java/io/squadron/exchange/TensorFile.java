package io.squadron.exchange;

import java.util.List;
import java.util.Map;

/**
 * An open file of named tensors. All that can be checked without reading the tensors has been checked when it is open:
 * every fault is a failure of kind DATA that names the file, the place and what was expected. One thread at a time.
 */
public interface TensorFile extends AutoCloseable {
    /** The file, for messages. */
    String where();

    /** All tensors, in the order of the file; names are unique. Numbers of other kinds than floats are listed, too. */
    List<TensorEntry> entries();

    /** What the file says about itself, by name; may be empty. */
    Map<String, String> metadata();

    /** The values of one tensor, row by row, converted to float32. // [entry.length()] */
    float[] read(TensorEntry entry);

    @Override
    void close();
}
