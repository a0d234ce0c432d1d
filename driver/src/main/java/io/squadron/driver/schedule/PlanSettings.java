package io.squadron.driver.schedule;

import java.io.Serializable;

/** Everything that plans are a function of, apart from the position. */
public record PlanSettings(Extent extent, Schedule schedule, Averaging averaging, Cadence cadence)
        implements Serializable {}
