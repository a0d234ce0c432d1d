package io.squadron.jobs.config;

import java.io.Serializable;
import java.util.List;

/** From gradients to new weights. */
public record OptimiserConfig(
        Name name,
        double learningRate,
        double momentum,
        boolean nesterov,
        double layerDecay,
        double headFactor,
        double weightDecay,
        boolean decayNormsAndBiases,
        double beta1,
        double beta2,
        double epsilon,
        double clipNorm,
        double weightAverage)
        implements Checked, Serializable {
    /** Which rule. */
    public enum Name {
        SGD,
        ADAM,
        ADAMW
    }

    @Override
    public void check(Checks checks) {
        checks.above("learning-rate", learningRate, 0);
        checks.shareBelowOne("momentum", momentum);
        checks.together(
                name != Name.SGD || !nesterov || momentum != 0,
                List.of("nesterov", "momentum"),
                "momentum above 0 for Nesterov to look along");
        checks.above("layer-decay", layerDecay, 0);
        checks.above("head-factor", headFactor, 0);
        checks.atLeast("weight-decay", weightDecay, 0);
        checks.shareBelowOne("beta1", beta1);
        checks.shareBelowOne("beta2", beta2);
        checks.above("epsilon", epsilon, 0);
        checks.atLeast("clip-norm", clipNorm, 0);
        checks.shareBelowOne("weight-average", weightAverage);
    }
}
