package io.squadron.optim;

import io.squadron.failure.Failure;
import java.io.Serializable;
import java.util.List;

/**
 * Global-norm clipping (Pascanu et al., arXiv:1211.5063) as torch's clip_grad_norm_ has it: g *= min(1, maximum / (norm +
 * 1e-6)), where norm is the L2 norm over all groups together. To be applied to the mean gradient, after the sum over
 * replicas. What lies outside the groups (running statistics, frozen slices) is neither counted nor changed.
 *
 * @param maximum largest norm that stays as it is; infinite for no clipping
 */
public record Clipping(double maximum) implements Serializable {
    private static final double GUARD = 1e-6;

    public Clipping {
        if (!(maximum > 0)) {
            throw Failure.usage("Cannot clip gradients to norm %s (expected above 0)", maximum);
        }
    }

    /** Measures, changes nothing. */
    public static Clipping none() {
        return new Clipping(Double.POSITIVE_INFINITY);
    }

    /** Clips {@code gradient} in place and returns its norm before that; a norm that is not finite changes nothing. */
    public double clip(float[] gradient, List<ParameterGroup> groups) {
        double norm = norm(gradient, groups);
        double coefficient = coefficient(norm);
        if (coefficient < 1) {
            groups.forEach(group -> scale(gradient, group, (float) coefficient));
        }
        return norm;
    }

    /** What a gradient of that norm is to be multiplied by; 1 where nothing is to change. */
    public double coefficient(double norm) {
        return norm < Double.POSITIVE_INFINITY ? Math.min(1, maximum / (norm + GUARD)) : 1;
    }

    /** L2 norm over the groups, in float64. Not finite exactly if some element is not. */
    public static double norm(float[] gradient, List<ParameterGroup> groups) {
        double sum = 0;
        for (ParameterGroup group : groups) {
            sum += FlatVectors.squares(gradient, group);
        }
        return Math.sqrt(sum);
    }

    private static void scale(float[] gradient, ParameterGroup group, float factor) {
        for (int i = group.offset(); i < group.end(); i++) {
            gradient[i] *= factor;
        }
    }
}
