package io.squadron.driver.schedule;

import java.io.Serializable;
import java.util.List;

/**
 * Everything that plans are a function of, apart from the position.
 *
 * @param turns steps at which a new phase of the run begins; no round goes across one
 */
public record PlanSettings(Extent extent, Schedule schedule, Averaging averaging, Cadence cadence, List<Long> turns)
        implements Serializable {
    public PlanSettings {
        turns = List.copyOf(turns);
    }

    /** Of a run of one phase. */
    public PlanSettings(Extent extent, Schedule schedule, Averaging averaging, Cadence cadence) {
        this(extent, schedule, averaging, cadence, List.of());
    }
}
