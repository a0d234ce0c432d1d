package io.squadron.jobs.config;

import io.squadron.dataset.Split;
import java.io.Serializable;

/** What is evaluated, and how much of it is shown. */
public record EvaluationConfig(Split split, int batch, int worst, int calibrationBins)
        implements Checked, Serializable {
    @Override
    public void check(Checks checks) {
        checks.atLeast("batch", batch, 1);
        checks.atLeast("worst", worst, 0);
        checks.within("calibration-bins", calibrationBins, 1, 1000);
    }
}
