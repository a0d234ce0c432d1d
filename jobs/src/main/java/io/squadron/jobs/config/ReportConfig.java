package io.squadron.jobs.config;

import java.io.Serializable;

/** What the report shows. */
public record ReportConfig(String title, int examples) implements Checked, Serializable {
    @Override
    public void check(Checks checks) {
        checks.atLeast("examples", examples, 0);
    }
}
