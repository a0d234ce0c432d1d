package io.squadron.optim;

import java.util.List;

/**
 * Adam (Kingma and Ba, arXiv:1412.6980) as torch.optim.Adam has it: weight decay is L2, coupled: it enters the gradient
 * and so both moments. See {@link AdaptiveMoments} for the formula.
 *
 * @param beta1 share of the first moment (mean of g) that survives a step
 * @param beta2 share of the second moment (mean of g^2) that survives a step
 * @param epsilon added to the bias-corrected root of the second moment
 */
public record Adam(double beta1, double beta2, double epsilon) implements Optimiser {
    public Adam {
        AdaptiveMoments.check("Adam", beta1, beta2, epsilon);
    }

    /** torch's defaults: 0.9, 0.999, 1e-8. */
    public static Adam standard() {
        return new Adam(0.9, 0.999, 1e-8);
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
            moments.step(
                    weights, gradient, mean, group, new AdaptiveMoments.Decay(rate, 1f, (float) group.weightDecay()));
        };
    }
}
