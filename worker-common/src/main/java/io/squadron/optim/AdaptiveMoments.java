package io.squadron.optim;

import io.squadron.failure.Failure;
import java.util.List;

/**
 * One step of Adam's rule, which Adam and AdamW share. In float32: m = beta1 * m + (1 - beta1) * g; v = beta2 * v + (1 -
 * beta2) * g^2; w -= rate / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon), where t counts updates from 1.
 * Epsilon stands outside the corrected root, as in torch and in the paper's algorithm 1.
 */
final class AdaptiveMoments {
    static final List<String> SLOTS = List.of("first", "second");

    private final float[] first;
    private final float[] second;
    private final double beta1;
    private final double beta2;
    private final float epsilon;
    private final double correction1;
    private final float rootCorrection2;

    /** Counts one update in {@code state} and fixes the bias corrections of that update. */
    AdaptiveMoments(double beta1, double beta2, double epsilon, OptimiserState state) {
        double updates = (double) state.advance();
        this.first = state.slots().get(0);
        this.second = state.slots().get(1);
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = (float) epsilon;
        this.correction1 = 1 - StrictMath.pow(beta1, updates);
        this.rootCorrection2 = (float) Math.sqrt(1 - StrictMath.pow(beta2, updates));
    }

    static void check(String name, double beta1, double beta2, double epsilon) {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon >= 0)) {
            throw Failure.usage(
                    "Cannot use %s with beta1 %s, beta2 %s, epsilon %s (expected betas from 0 to below 1, "
                            + "epsilon 0 or more)",
                    name, beta1, beta2, epsilon);
        }
    }

    /**
     * How far a stretch goes, and how its weights decay.
     *
     * @param kept share of the weights that stays before the step
     * @param coupled share of the weights that enters the gradient
     */
    record Decay(double rate, float kept, float coupled) {}

    void step(float[] weights, float[] gradient, Update.Mean mean, ParameterGroup group, Decay decay) {
        float samples = mean.samples();
        float factor = mean.factor();
        float kept = decay.kept();
        float coupled = decay.coupled();
        float kept1 = (float) beta1;
        float fresh1 = (float) (1 - beta1);
        float kept2 = (float) beta2;
        float fresh2 = (float) (1 - beta2);
        float size = (float) (decay.rate() / correction1);
        for (int i = group.offset(); i < group.end(); i++) {
            float w = kept * weights[i];
            float g = gradient[i] / samples * factor + coupled * w;
            float m = kept1 * first[i] + fresh1 * g;
            float v = kept2 * second[i] + fresh2 * g * g;
            first[i] = m;
            second[i] = v;
            weights[i] = w - size * (m / ((float) Math.sqrt(v) / rootCorrection2 + epsilon));
        }
    }
}
