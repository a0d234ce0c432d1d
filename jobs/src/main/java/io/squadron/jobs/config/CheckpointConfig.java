package io.squadron.jobs.config;

import io.squadron.driver.schedule.Span;
import java.io.Serializable;

/** How often a run is saved, and how much of that stays. */
public record CheckpointConfig(Span every, int keep) implements Checked, Serializable {
    @Override
    public void check(Checks checks) {
        checks.positive("every", every);
        checks.atLeast("keep", keep, 1);
    }
}
