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
    public Update begin(OptimiserState state, double learningRate) {
        state.advance();
        return momentum == 0
                ? (weights, gradient, mean, group) -> descend(weights, gradient, mean, group, learningRate)
                : rolling(state.slots().get(0), learningRate);
    }

    private static void descend(
            float[] weights, float[] gradient, Update.Mean mean, ParameterGroup group, double learningRate) {
        float samples = mean.samples();
        float factor = mean.factor();
        float rate = (float) (learningRate * group.rate());
        float decay = (float) group.weightDecay();
        for (int i = group.offset(); i < group.end(); i++) {
            weights[i] -= rate * (gradient[i] / samples * factor + decay * weights[i]);
        }
    }

    private Update rolling(float[] velocity, double learningRate) {
        return (weights, gradient, mean, group) ->
                descend(weights, gradient, velocity, mean, group, (float) (learningRate * group.rate()));
    }

    private void descend(
            float[] weights, float[] gradient, float[] velocity, Update.Mean mean, ParameterGroup group, float rate) {
        float samples = mean.samples();
        float factor = mean.factor();
        float decay = (float) group.weightDecay();
        float kept = (float) momentum;
        // One expression for both forms: direction = own * g + carried * v.
        float own = form == Form.NESTEROV ? 1f : 0f;
        float carried = form == Form.NESTEROV ? kept : 1f;
        for (int i = group.offset(); i < group.end(); i++) {
            float g = gradient[i] / samples * factor + decay * weights[i];
            float v = kept * velocity[i] + g;
            velocity[i] = v;
            weights[i] -= rate * (own * g + carried * v);
        }
    }
}
