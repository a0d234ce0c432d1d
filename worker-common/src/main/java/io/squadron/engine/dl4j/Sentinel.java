package io.squadron.engine.dl4j;

import io.squadron.engine.BrokenNumbers;
import io.squadron.engine.BrokenNumbers.Way;
import io.squadron.engine.Finite;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import io.squadron.model.Slice;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Watches one kernel in training. What it gets is blamed on its neighbours, which are watched themselves unless they are
 * Deeplearning4j's own (pools, sums, joins, dense layers); what it makes, on itself.
 */
final class Sentinel {
    private final String node;
    private final String below;
    private final String above;
    private final List<Slice> slices;
    private final float[] gradient;
    private final Below learning;
    private final BooleanSupplier awake;

    /** Whether anybody wants to know the gradient with respect to what enters; if not, it is not computed. */
    enum Below {
        LEARNS,
        NOTHING_LEARNS
    }

    /** Watches only while {@code awake}: in steps, not in evaluations. */
    Sentinel(ModelSpec spec, String node, Below learning, float[] gradient, BooleanSupplier awake) {
        this.node = node;
        this.below = spec.node(node).inputs().get(0);
        this.above = spec.nodes().stream()
                .filter(other -> other.inputs().contains(node))
                .map(Node::name)
                .findFirst()
                .orElse(node);
        this.slices = spec.layout().slices().stream()
                .filter(slice -> slice.node().equals(node) && slice.role().learned())
                .toList();
        this.gradient = gradient;
        this.learning = learning;
        this.awake = awake;
    }

    void forward(INDArray x, INDArray y) {
        if (awake.getAsBoolean() && !finite(y)) {
            throw BrokenNumbers.madeBy(finite(x) ? node : below, Way.FORWARD);
        }
    }

    void backward(INDArray dy, INDArray dx) {
        boolean own = slices.stream().allMatch(slice -> Finite.all(gradient, slice.offset(), slice.end()));
        if (!own || (learning == Below.LEARNS && !finite(dx))) {
            throw BrokenNumbers.madeBy(finite(dy) ? node : above, Way.BACKWARD);
        }
    }

    private static boolean finite(INDArray array) {
        float[] values = NativeFloats.copy(array);
        return Finite.all(values, 0, values.length);
    }
}
