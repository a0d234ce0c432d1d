package io.squadron.exchange;

import java.util.List;

/**
 * One named tensor of a file.
 *
 * @param name as the file has it
 * @param shape sides, outermost first, in the layout of the file
 */
public record TensorEntry(String name, List<Integer> shape) {
    public TensorEntry {
        shape = List.copyOf(shape);
    }

    /** Elements; fails where they are more than an array can hold. */
    public int length() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }
}
