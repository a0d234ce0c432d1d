package io.squadron.jobs.config;

import io.squadron.dataset.Split;
import io.squadron.image.Look;
import java.io.Serializable;

/** What is evaluated, and how much of it is shown. */
public record EvaluationConfig(Split split, Look.Choice views, int batch, int worst, int calibrationBins)
        implements Checked, Serializable {
    @Override
    public void check(Checks checks) {
        checks.atLeast("batch", batch, 1);
        checks.atLeast("worst", worst, 0);
        checks.within("calibration-bins", calibrationBins, 1, 1000);
    }
}
