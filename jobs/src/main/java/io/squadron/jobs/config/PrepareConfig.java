package io.squadron.jobs.config;

import io.squadron.driver.source.SourceFormat;
import io.squadron.driver.spark.prepare.PrepareSettings;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;

/** From images to a dataset. */
public record PrepareConfig(
        String source,
        SourceFormat format,
        String imageColumn,
        String labelColumn,
        String splitColumn,
        List<String> classes,
        double validationShare,
        double testShare,
        PrepareSettings.Duplicates duplicates,
        double rejectShare,
        long maxPixels,
        int shrink,
        Bytes shardSize,
        int fewImages,
        String base,
        String cache)
        implements Checked, Serializable {
    @Override
    public void check(Checks checks) {
        checks.withoutSecret("source", source);
        checks.withoutSecret("base", base);
        checks.withoutSecret("cache", cache);
        checks.that(new HashSet<>(classes).size() == classes.size(), "classes", "each name once");
        checks.shareBelowOne("validation-share", validationShare);
        checks.shareBelowOne("test-share", testShare);
        checks.together(
                validationShare + testShare < 1,
                List.of("validation-share", "test-share"),
                "some images left for training");
        checks.within("reject-share", rejectShare, 0, 1);
        checks.that(
                maxPixels >= 1 && maxPixels <= 64_000_000, "max-pixels", "from 1 to 64000000, what training decodes");
        checks.atLeast("shrink", shrink, 0);
        checks.atLeast("shard-size", shardSize.count(), 1024);
        checks.atLeast("few-images", fewImages, 0);
    }
}
