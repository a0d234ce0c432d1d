package io.squadron.jobs.config;

import java.io.Serializable;
import java.util.List;

/** From images to a dataset. */
public record PrepareConfig(
        String source, double validationShare, double testShare, double rejectShare, long maxPixels, Bytes shardSize)
        implements Checked, Serializable {
    @Override
    public void check(Checks checks) {
        checks.withoutSecret("source", source);
        checks.shareBelowOne("validation-share", validationShare);
        checks.shareBelowOne("test-share", testShare);
        checks.together(
                validationShare + testShare < 1,
                List.of("validation-share", "test-share"),
                "some images left for training");
        checks.within("reject-share", rejectShare, 0, 1);
        checks.that(
                maxPixels >= 1 && maxPixels <= 64_000_000, "max-pixels", "from 1 to 64000000, what training decodes");
        checks.atLeast("shard-size", shardSize.count(), 1024);
    }
}
