package io.squadron.model;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Floating-point operations of one sample: two for each multiplication with its addition in convolutions and dense layers,
 * the windows over the padding counted. All else (norms, activations, pools) is left out, as is usual.
 *
 * @param convolution of the convolutions
 * @param dense of the dense layers
 */
public record Operations(long convolution, long dense) {
    private static final Operations NONE = new Operations(0, 0);

    public long total() {
        return convolution + dense;
    }

    /** Of the logits in evaluation mode: what only auxiliary heads need is left out. */
    public static Operations inference(ModelSpec spec) {
        Map<String, Shape> shapes = spec.shapes();
        Set<String> needed = new HashSet<>(Set.of(spec.output().name()));
        for (int i = spec.nodes().size() - 1; i >= 0; i--) {
            Node node = spec.nodes().get(i);
            if (needed.contains(node.name())) {
                needed.addAll(node.inputs());
            }
        }
        return spec.nodes().stream()
                .filter(node -> needed.contains(node.name()))
                .map(node -> forward(node, shapes))
                .reduce(NONE, Operations::plus);
    }

    /**
     * Of a training step: forward; as much again for the gradient of each trained weight; and as much again for the gradient
     * of each input below which something is trained. So three times {@link #inference}, less the first layer's gradient of
     * the image, where nothing is frozen.
     */
    public static Operations training(ModelSpec spec, Freeze freeze) {
        Map<String, Shape> shapes = spec.shapes();
        Set<String> learning = learning(spec, freeze);
        Operations all = NONE;
        Set<String> flowing = new HashSet<>();
        for (Node node : spec.nodes()) {
            boolean flowsBelow = node.inputs().stream().anyMatch(flowing::contains);
            boolean trained = learning.contains(node.name());
            if (trained || flowsBelow) {
                flowing.add(node.name());
            }
            all = all.plus(forward(node, shapes).times(1 + (trained ? 1 : 0) + (flowsBelow ? 1 : 0)));
        }
        return all;
    }

    private static Set<String> learning(ModelSpec spec, Freeze freeze) {
        return spec.layout().slices().stream()
                .filter(slice -> slice.role().learned() && !freeze.holds(slice))
                .map(Slice::node)
                .collect(Collectors.toSet());
    }

    private static Operations forward(Node node, Map<String, Shape> shapes) {
        if (node.layer() instanceof Layer.Convolution c) {
            Shape out = shapes.get(node.name());
            long kernel = (long) c.window().kernelHeight() * c.window().kernelWidth();
            return new Operations(2 * kernel * (c.in() / c.groups()) * out.elements(), 0);
        }
        return node.layer() instanceof Layer.Dense d ? new Operations(0, 2L * d.in() * d.out()) : NONE;
    }

    private Operations plus(Operations other) {
        return new Operations(convolution + other.convolution, dense + other.dense);
    }

    private Operations times(int factor) {
        return new Operations(convolution * factor, dense * factor);
    }
}
