package io.squadron.engine.dl4j;

import io.squadron.engine.Batch;
import io.squadron.engine.DropoutMask;
import io.squadron.engine.SessionOptions;
import io.squadron.model.Layer;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import io.squadron.model.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the kernels of one session, and owns their native memory. */
final class Kernels implements AutoCloseable {
    private final Weights weights;
    private final float[] gradient;
    private final Map<String, Norm> norms = new LinkedHashMap<>();
    private final List<Convolution> convolutions = new ArrayList<>();
    private final Map<String, Dropout> dropouts = new LinkedHashMap<>();
    private final Workbench bench = new Workbench();
    private final ModelSpec spec;
    private boolean stepping;

    Kernels(ModelSpec spec, Weights weights, float[] gradient, SessionOptions options) {
        this.spec = spec;
        this.weights = weights;
        this.gradient = gradient;
        Set<String> acting = DropoutMask.acting(spec, options.freeze());
        for (Node node : spec.nodes()) {
            if (node.layer() instanceof Layer.BatchNorm layer) {
                Norm.Mode mode = options.freeze().nodes().contains(node.name()) ? Norm.Mode.FROZEN : Norm.Mode.TRAINED;
                norms.put(node.name(), new Norm(node.name(), layer, mode, options.normSync(), weights, gradient));
            } else if (acting.contains(node.name())) {
                dropouts.put(
                        node.name(),
                        new Dropout(
                                DropoutMask.of(options.seed(), node),
                                node.layer() instanceof Layer.StochasticDepth
                                        ? Dropout.Unit.SAMPLE
                                        : Dropout.Unit.ELEMENT));
            }
        }
    }

    /** Who watches the kernel of {@code node} in steps. */
    Sentinel sentinel(String node, Sentinel.Below below) {
        return new Sentinel(spec, node, below, gradient, () -> stepping);
    }

    Norm norm(String node) {
        return norms.get(node);
    }

    /** The dropout of that node, if it does anything in training. */
    Optional<Dropout> dropout(String node) {
        return Optional.ofNullable(dropouts.get(node));
    }

    /** A step begins, with the batch that stands at {@code place}. */
    void begin(Batch.Place place) {
        stepping = true;
        dropouts.values().forEach(dropout -> dropout.begin(place));
    }

    void end() {
        stepping = false;
        dropouts.values().forEach(Dropout::end);
    }

    Convolution convolution(String node, Layer.Convolution layer, Convolution.Wanted wanted) {
        Convolution made = new Convolution(node, layer, wanted, weights, gradient, bench);
        convolutions.add(made);
        return made;
    }

    /** The batch norms that are trained, in the order of {@code nodes}. */
    List<Norm> trainedNorms(List<String> nodes) {
        return nodes.stream()
                .filter(norms::containsKey)
                .map(norms::get)
                .filter(Norm::trained)
                .toList();
    }

    @Override
    public void close() {
        convolutions.forEach(Convolution::close);
        bench.close();
    }
}
