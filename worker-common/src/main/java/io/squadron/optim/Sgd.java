package io.squadron.optim;

import io.squadron.failure.Failure;
import java.util.List;

/**
 * Stochastic gradient descent as torch.optim.SGD has it (dampening 0), in float32: g += decay * w; v = momentum * v + g;
 * then w -= rate * v for heavy ball (Polyak 1964), or w -= rate * (g + momentum * v) for Nesterov (Sutskever et al.,
 * ICML 2013). The learning rate stays outside v, so that a change of rate acts at once (Goyal et al.,
 * arXiv:1706.02677, remark 2). With momentum 0 there is no v.
 *
 * @param momentum share of v that survives a step, 0 (none) up to but not 1
 * @param form how v is applied; without effect if momentum is 0
 */
public record Sgd(double momentum, Form form) implements Optimiser {
    /** What is subtracted from the weights. */
    public enum Form {
        HEAVY_BALL,
        NESTEROV
    }

    public Sgd {
        if (!(momentum >= 0 && momentum < 1)) {
            throw Failure.usage("Cannot use momentum %s (expected 0 or more and below 1)", momentum);
        }
    }

    public static Sgd plain() {
        return new Sgd(0, Form.HEAVY_BALL);
    }

    public static Sgd heavyBall(double momentum) {
        return new Sgd(momentum, Form.HEAVY_BALL);
    }

    public static Sgd nesterov(double momentum) {
        return new Sgd(momentum, Form.NESTEROV);
    }

    @Override
    public List<String> slots() {
        return momentum == 0 ? List.of() : List.of("momentum");
    }

    @Override
    public void update(
            float[] weights, float[] gradient, OptimiserState state, List<ParameterGroup> groups, double learningRate) {
        state.advance();
        for (ParameterGroup group : groups) {
            float rate = (float) (learningRate * group.rate());
            if (momentum == 0) {
                descend(weights, gradient, group, rate);
            } else {
                descend(weights, gradient, state.slots().get(0), group, rate);
            }
        }
    }

    private static void descend(float[] weights, float[] gradient, ParameterGroup group, float rate) {
        float decay = (float) group.weightDecay();
        for (int i = group.offset(); i < group.end(); i++) {
            weights[i] -= rate * (gradient[i] + decay * weights[i]);
        }
    }

    private void descend(float[] weights, float[] gradient, float[] velocity, ParameterGroup group, float rate) {
        float decay = (float) group.weightDecay();
        float kept = (float) momentum;
        // One expression for both forms: direction = own * g + carried * v.
        float own = form == Form.NESTEROV ? 1f : 0f;
        float carried = form == Form.NESTEROV ? kept : 1f;
        for (int i = group.offset(); i < group.end(); i++) {
            float g = gradient[i] + decay * weights[i];
            float v = kept * velocity[i] + g;
            velocity[i] = v;
            weights[i] -= rate * (own * g + carried * v);
        }
    }
}
