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
        double coefficient = Math.min(1, maximum / (norm + GUARD));
        if (coefficient < 1 && norm < Double.POSITIVE_INFINITY) {
            groups.forEach(group -> scale(gradient, group, (float) coefficient));
        }
        return norm;
    }

    /** L2 norm over the groups, in float64. Not finite exactly if some element is not. */
    public static double norm(float[] gradient, List<ParameterGroup> groups) {
        double sum = 0;
        for (ParameterGroup group : groups) {
            sum += squares(gradient, group);
        }
        return Math.sqrt(sum);
    }

    private static double squares(float[] gradient, ParameterGroup group) {
        // Four sums side by side: a single one would wait for each addition to end.
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = group.offset();
        for (; i + 3 < group.end(); i += 4) {
            a += (double) gradient[i] * gradient[i];
            b += (double) gradient[i + 1] * gradient[i + 1];
            c += (double) gradient[i + 2] * gradient[i + 2];
            d += (double) gradient[i + 3] * gradient[i + 3];
        }
        for (; i < group.end(); i++) {
            a += (double) gradient[i] * gradient[i];
        }
        return a + b + c + d;
    }

    private static void scale(float[] gradient, ParameterGroup group, float factor) {
        for (int i = group.offset(); i < group.end(); i++) {
            gradient[i] *= factor;
        }
    }
}
