package io.squadron.jobs.config;

import io.squadron.dataset.Sampling;
import java.io.Serializable;

/** Which samples an epoch takes, and whether it mixes them. */
public record SamplingConfig(
        Sampling.Draw draw, int repeats, double mixup, double cutmix, double mixProbability, int perClass)
        implements Checked, Serializable {
    @Override
    public void check(Checks checks) {
        checks.within("repeats", repeats, 1, 1024);
        checks.within("mixup", mixup, 0, 1000);
        checks.within("cutmix", cutmix, 0, 1000);
        checks.within("mix-probability", mixProbability, 0, 1);
        checks.atLeast("per-class", perClass, 0);
    }
}
