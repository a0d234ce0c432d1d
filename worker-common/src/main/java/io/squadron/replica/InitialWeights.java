package io.squadron.replica;

import io.squadron.exchange.Fitting;
import io.squadron.exchange.PretrainedChoice;
import io.squadron.exchange.TensorFile;
import io.squadron.exchange.TensorFiles;
import io.squadron.model.Initialisation;
import io.squadron.model.Layer;
import io.squadron.model.ModelSpec;
import io.squadron.model.Role;
import io.squadron.model.Slice;
import io.squadron.model.Weights;
import io.squadron.storage.Storage;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The weights before the first step: a function of the seed and of the file they start from, so that every replica makes the
 * same without talking.
 */
public record InitialWeights(Initialisation initialisation, long seed, ResidualStart residual, Start start)
        implements Serializable {
    /** From scratch. */
    public InitialWeights(Initialisation initialisation, long seed, ResidualStart residual) {
        this(initialisation, seed, residual, new Scratch());
    }

    /** What lies below the weights that begin anew. */
    public sealed interface Start extends Serializable {}

    /** Nothing: all weights begin anew. */
    public record Scratch() implements Start {}

    /**
     * A file of weights, which every replica reads where it lies.
     *
     * @param uri of anything that {@link TensorFiles} opens
     */
    public record Pretrained(String uri, PretrainedChoice choice) implements Start {}

    /** How the last batch norm of a residual block begins. */
    public enum ResidualStart {
        /** Scale 1, as torchvision does. */
        ONE,
        /** Scale 0, so that every block begins as the identity (Goyal et al., arXiv:1706.02677, section 5.1). */
        ZERO
    }

    /** For {@code spec}; a file is read from {@code storage}, tensor by tensor. */
    public Weights of(ModelSpec spec, Storage storage) {
        Weights weights = of(spec);
        if (start instanceof Pretrained pretrained) {
            try (TensorFile file = TensorFiles.open(storage, pretrained.uri())) {
                Fitting.of(file, spec, pretrained.choice()).fill(weights);
            }
        }
        return weights;
    }

    /** As {@link #of(ModelSpec, Storage)} where nothing but the seed counts. */
    public Weights of(ModelSpec spec) {
        Weights weights = initialisation.weights(spec, seed);
        if (residual == ResidualStart.ZERO) {
            weights.layout().slices().stream()
                    .filter(slice -> slice.role() == Role.NORM_SCALE && endsBranch(spec, slice))
                    .forEach(slice -> Arrays.fill(weights.values(), slice.offset(), slice.end(), 0f));
        }
        return weights;
    }

    /** A residual branch ends in the batch norm that is the first input of an addition. */
    private static boolean endsBranch(ModelSpec spec, Slice slice) {
        return spec.nodes().stream()
                .anyMatch(node -> node.layer() instanceof Layer.Add
                        && branch(spec, node.inputs().get(0)).equals(slice.node()));
    }

    /** What leaves a branch that stochastic depth may leave out. */
    private static String branch(ModelSpec spec, String input) {
        boolean left = spec.nodes().stream()
                .anyMatch(node -> node.name().equals(input) && node.layer() instanceof Layer.StochasticDepth);
        return left ? spec.node(input).inputs().get(0) : input;
    }
}
