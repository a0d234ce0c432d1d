package io.squadron.jobs.config;

import io.squadron.dataset.Split;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/** What is new becomes a model that is promoted, or not. */
public record RetrainConfig(
        String registry,
        String id,
        Split holdOut,
        double margin,
        double classFall,
        double rejectShare,
        Duration lease,
        List<String> notification,
        Duration notificationDeadline)
        implements Checked, Serializable {
    @Override
    public void check(Checks checks) {
        checks.withoutSecret("registry", registry);
        checks.that(
                id.isEmpty() || id.matches("[A-Za-z0-9][A-Za-z0-9._-]*"),
                "id",
                "letters, digits, dots, dashes and underscores, the first a letter or digit");
        checks.that(holdOut != Split.TRAIN, "hold-out", "test or validation: what is trained on proves nothing");
        checks.within("margin", margin, -1, 1);
        checks.within("class-fall", classFall, 0, 1);
        checks.within("reject-share", rejectShare, 0, 1);
        checks.atLeast("lease", lease.toMillis(), 1000L);
        checks.atLeast("notification-deadline", notificationDeadline.toMillis(), 1L);
    }
}
