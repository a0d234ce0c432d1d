package io.squadron.driver.schedule;

/**
 * Steps at regular distances, rounded to whole ones without drifting: mark j is at round(j * distance), so that "0.5ep"
 * meets every end of an epoch even if that has an odd number of steps.
 *
 * @param distance in steps, at least 1; infinite for no marks
 */
record Marks(double distance) {
    static Marks every(Span span, Extent extent) {
        double exact = span.exactSteps(extent.stepsPerEpoch(), extent.totalSteps());
        return new Marks(exact == 0 ? Double.POSITIVE_INFINITY : Math.max(1, exact));
    }

    /** The first mark after {@code step}; the largest long if there is none. */
    long after(long step) {
        if (distance == Double.POSITIVE_INFINITY) {
            return Long.MAX_VALUE;
        }
        long index = (long) (step / distance);
        while (Math.round(index * distance) <= step) {
            index++;
        }
        return Math.round(index * distance);
    }

    boolean at(long step) {
        return step > 0 && after(step - 1) == step;
    }
}
