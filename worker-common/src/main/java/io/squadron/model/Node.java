package io.squadron.model;

import java.io.Serializable;
import java.util.List;

/**
 * One layer in its place: {@code name} is torchvision's module path ("layer1.0.conv1"), {@code inputs} the names of
 * earlier nodes or {@link ModelSpec#INPUT}.
 */
public record Node(String name, Layer layer, List<String> inputs) implements Serializable {
    public Node {
        inputs = List.copyOf(inputs);
    }
}
