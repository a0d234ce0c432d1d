package io.squadron.exchange;

import io.squadron.model.Slice;
import io.squadron.model.Weights;
import java.util.List;

/**
 * A named tensor on its way into a file: a stretch of a vector, which is not copied.
 *
 * @param shape sides, outermost first
 * @param values holds the tensor row by row from element {@code offset} on
 */
public record NamedFloats(String name, List<Integer> shape, float[] values, int offset) {
    public NamedFloats {
        shape = List.copyOf(shape);
        int length = shape.stream().reduce(1, Math::multiplyExact);
        if (offset < 0 || offset > values.length - length) {
            throw new IllegalArgumentException("Cannot take %d values from %d on: there are %d (tensor '%s')"
                    .formatted(length, offset, values.length, name));
        }
    }

    /** Every slice under its own name, in the order of the layout. */
    public static List<NamedFloats> of(Weights weights) {
        return weights.layout().slices().stream()
                .map(slice -> of(weights, slice))
                .toList();
    }

    private static NamedFloats of(Weights weights, Slice slice) {
        return new NamedFloats(slice.name(), slice.shape(), weights.values(), slice.offset());
    }

    public int length() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }
}
