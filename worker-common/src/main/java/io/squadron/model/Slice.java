package io.squadron.model;

import java.io.Serializable;
import java.util.List;

/**
 * One named tensor inside the flat vector.
 *
 * @param name torch's state-dict name ("layer1.0.conv1.weight")
 * @param node the node that owns it ("layer1.0.conv1")
 * @param shape torch's shape: convolution [out, in, kh, kw], dense [out, in], vectors [n]
 * @param offset where it begins in the flat vector, in elements
 */
public record Slice(String name, String node, List<Integer> shape, int offset, Role role) implements Serializable {
    public Slice {
        shape = List.copyOf(shape);
    }

    public int length() {
        int length = 1;
        for (int side : shape) {
            length = Math.multiplyExact(length, side);
        }
        return length;
    }

    public int end() {
        return offset + length();
    }

    /** Inputs that feed one output: the product of all sides but the first. */
    public int fanIn() {
        return length() / shape.get(0);
    }

    /** Outputs that one input feeds: out channels times the kernel's area. */
    public int fanOut() {
        return shape.size() < 2 ? shape.get(0) : length() / shape.get(1);
    }
}
