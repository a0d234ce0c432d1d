package io.squadron.optim;

import java.util.List;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, arXiv:1711.05101) as torch.optim.AdamW has it: w *= 1 - rate *
 * decay first, with the rate of this step, then Adam's step on the plain gradient. See {@link AdaptiveMoments}.
 *
 * @param beta1 share of the first moment (mean of g) that survives a step
 * @param beta2 share of the second moment (mean of g^2) that survives a step
 * @param epsilon added to the bias-corrected root of the second moment
 */
public record AdamW(double beta1, double beta2, double epsilon) implements Optimiser {
    public AdamW {
        AdaptiveMoments.check("AdamW", beta1, beta2, epsilon);
    }

    /** torch's defaults: 0.9, 0.999, 1e-8. */
    public static AdamW standard() {
        return new AdamW(0.9, 0.999, 1e-8);
    }

    @Override
    public List<String> slots() {
        return AdaptiveMoments.SLOTS;
    }

    @Override
    public Update begin(OptimiserState state, double learningRate) {
        AdaptiveMoments moments = new AdaptiveMoments(beta1, beta2, epsilon, state);
        return (weights, gradient, mean, group) -> {
            double rate = learningRate * group.rate();
            float kept = (float) (1 - rate * group.weightDecay());
            moments.step(weights, gradient, mean, group, new AdaptiveMoments.Decay(rate, kept, 0f));
        };
    }
}
