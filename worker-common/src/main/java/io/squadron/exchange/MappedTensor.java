package io.squadron.exchange;

import java.util.List;
import java.util.function.Supplier;

/**
 * A tensor of a file under the name and in the layout that torchvision would give it.
 *
 * @param name ours
 * @param source the file's, for messages; several where one is made of them
 * @param shape ours, outermost first
 * @param values reads and converts them
 */
public record MappedTensor(String name, String source, List<Integer> shape, Supplier<float[]> values) {
    public MappedTensor {
        shape = List.copyOf(shape);
    }
}
