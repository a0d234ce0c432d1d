package io.squadron.model;

import io.squadron.failure.Failure;
import java.io.Serializable;

/**
 * How a network departs from what was published.
 *
 * @param stochasticDepth share of samples for which the last residual branch is left out in training; branch l of L is left
 *     out for l / L of that share (Huang et al., arXiv:1603.09382). 0: none is
 * @param dropout what is dropped below the head
 */
public record Variation(Skips skips, Norms norms, float stochasticDepth, Dropout dropout) implements Serializable {
    /** What goes around the convolutions of residual blocks. */
    public enum Skips {
        ON,
        /** Nothing, neither the identity nor its projection: the plain networks of He et al. 2015, section 3.3. */
        OFF
    }

    /** What follows convolutions. */
    public enum Norms {
        ON,
        /** No batch norms; the convolutions have biases in their place. */
        OFF
    }

    public Variation {
        if (!(stochasticDepth >= 0 && stochasticDepth < 1)) {
            throw Failure.usage("Cannot leave out a share of %s (expected 0 <= share < 1)", stochasticDepth);
        }
        if (stochasticDepth > 0 && skips == Skips.OFF) {
            throw Failure.usage(
                    "Cannot leave branches out by stochastic depth %s: without skip connections nothing would go around "
                            + "them (expected 0). Switch skip connections on",
                    stochasticDepth);
        }
    }

    /** With the published dropout. */
    public Variation(Skips skips, Norms norms, float stochasticDepth) {
        this(skips, norms, stochasticDepth, Dropout.published());
    }

    /** As published. */
    public static Variation none() {
        return new Variation(Skips.ON, Norms.ON, 0);
    }

    /** Whether convolutions have biases where, as published, a batch norm shifts what they leave. */
    boolean biases() {
        return norms == Norms.OFF;
    }

    /** Fails if this asks {@code published} for what it does not have to leave out. */
    void requireMeaning(ModelSpec published) {
        boolean residual = published.nodes().stream().anyMatch(node -> node.layer() instanceof Layer.Add);
        boolean normalised = published.nodes().stream().anyMatch(node -> node.layer() instanceof Layer.BatchNorm);
        if (!residual && (skips == Skips.OFF || stochasticDepth > 0)) {
            throw Failure.usage(
                    "Cannot leave skip connections or branches of %s out: it has none (expected a ResNet)",
                    published.architecture());
        }
        if (!normalised && norms == Norms.OFF) {
            throw Failure.usage(
                    "Cannot leave batch norms of %s out: it has none (expected a ResNet, GoogLeNet or a VGG with _bn)",
                    published.architecture());
        }
    }
}
