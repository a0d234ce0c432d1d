package io.squadron.model;

import io.squadron.failure.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Follows the shape of one sample through a network. */
final class Shapes {
    private Shapes() {}

    static Map<String, Shape> of(ModelSpec spec) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put(ModelSpec.INPUT, spec.input());
        for (Node node : spec.nodes()) {
            List<Shape> inputs = node.inputs().stream()
                    .map(name -> known(shapes, node, name))
                    .toList();
            if (inputs.isEmpty() || shapes.put(node.name(), after(spec, node, inputs)) != null) {
                throw new IllegalArgumentException(
                        "Cannot place layer '%s': it has no input, or its name is taken".formatted(node.name()));
            }
        }
        return shapes;
    }

    private static Shape known(Map<String, Shape> shapes, Node node, String input) {
        Shape shape = shapes.get(input);
        if (shape == null) {
            throw new IllegalArgumentException(
                    "Cannot place layer '%s': its input '%s' does not come before it".formatted(node.name(), input));
        }
        return shape;
    }

    private static Shape after(ModelSpec spec, Node node, List<Shape> inputs) {
        Shape in = inputs.get(0);
        Layer layer = node.layer();
        if (layer instanceof Layer.Convolution c) {
            requireChannels(spec, node, c.in(), in);
            return windowed(spec, node, c.out(), in, c.window(), false);
        } else if (layer instanceof Layer.MaxPool p) {
            return windowed(spec, node, in.channels(), in, p.window(), p.ceil());
        } else if (layer instanceof Layer.AveragePool p) {
            return windowed(spec, node, in.channels(), in, p.window(), p.ceil());
        } else if (layer instanceof Layer.BatchNorm b) {
            requireChannels(spec, node, b.channels(), in);
            return in;
        } else if (layer instanceof Layer.Dense d) {
            requireChannels(spec, node, d.in(), in);
            return Shape.flat(d.out());
        } else if (layer instanceof Layer.Flatten) {
            return Shape.flat(in.elements());
        } else if (layer instanceof Layer.GlobalAveragePool) {
            return Shape.flat(in.channels());
        } else if (layer instanceof Layer.AdaptiveAveragePool p) {
            return new Shape(in.channels(), p.height(), p.width());
        } else if (layer instanceof Layer.Concat) {
            return concatenated(spec, node, inputs);
        } else if (layer instanceof Layer.Add) {
            inputs.forEach(other -> requireSame(spec, node, in, other));
            return in;
        }
        return in;
    }

    private static Shape windowed(ModelSpec spec, Node node, int out, Shape in, Layer.Window window, boolean ceil) {
        int height = window.outHeight(in.height(), ceil);
        int width = window.outWidth(in.width(), ceil);
        if (height < 1 || width < 1) {
            throw Failure.usage(
                    "Cannot run %s on images of %s: layer '%s' gets %s, smaller than its %dx%d window. "
                            + "Use larger images or the small-image stem",
                    spec.architecture(), spec.input(), node.name(), in, window.kernelHeight(), window.kernelWidth());
        }
        return new Shape(out, height, width);
    }

    private static Shape concatenated(ModelSpec spec, Node node, List<Shape> inputs) {
        Shape first = inputs.get(0);
        int channels = 0;
        for (Shape each : inputs) {
            requireSame(spec, node, first, new Shape(first.channels(), each.height(), each.width()));
            channels += each.channels();
        }
        return new Shape(channels, first.height(), first.width());
    }

    private static void requireChannels(ModelSpec spec, Node node, int expected, Shape in) {
        if (in.channels() != expected) {
            throw Failure.usage(
                    "Cannot run %s on images of %s: layer '%s' gets %s (expected %d channels)",
                    spec.architecture(), spec.input(), node.name(), in, expected);
        }
    }

    private static void requireSame(ModelSpec spec, Node node, Shape expected, Shape found) {
        if (!expected.equals(found)) {
            throw Failure.usage(
                    "Cannot run %s on images of %s: layer '%s' joins %s and %s (expected equal sizes)",
                    spec.architecture(), spec.input(), node.name(), expected, found);
        }
    }
}
