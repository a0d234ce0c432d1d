package io.squadron.jobs.config;

import io.squadron.driver.schedule.Curriculum;
import io.squadron.driver.schedule.Span;
import java.io.Serializable;
import java.util.List;

/** What is trained when, and on which size. */
public record PhasesConfig(
        Curriculum.Recipe recipe,
        Span head,
        Span unfreezeEvery,
        double bodyRate,
        List<Integer> sizes,
        Span sizesUntil,
        Features features,
        int looks)
        implements Checked, Serializable {
    /** Where what a frozen body makes of an image comes from. */
    public enum Features {
        COMPUTED,
        CACHED
    }

    public Curriculum curriculum() {
        return new Curriculum(recipe, head, unfreezeEvery, bodyRate, sizes, sizesUntil);
    }

    @Override
    public void check(Checks checks) {
        checks.positive("unfreeze-every", unfreezeEvery);
        checks.above("body-rate", bodyRate, 0);
        checks.that(sizes.stream().allMatch(size -> size > 0 && size <= 4096), "sizes", "edges of 1 to 4096 pixels");
        checks.positive("sizes-until", sizesUntil);
        checks.within("looks", looks, 1, 1000);
    }
}
