package io.squadron.jobs.config;

import io.squadron.model.Architectures;
import io.squadron.model.Initialisation;
import io.squadron.model.ModelOptions;
import java.io.Serializable;
import java.util.List;

/** The network, how it begins, and what of it is not trained. */
public record ModelConfig(
        String architecture,
        ModelOptions.Stem stem,
        Initialisation initialisation,
        boolean zeroInitLastNorm,
        int freezeDepth,
        List<String> freeze)
        implements Checked, Serializable {
    @Override
    public void check(Checks checks) {
        checks.that(
                Architectures.names().contains(architecture),
                "architecture",
                "one of " + String.join(", ", Architectures.names()));
        checks.atLeast("freeze-depth", freezeDepth, 0);
    }
}
