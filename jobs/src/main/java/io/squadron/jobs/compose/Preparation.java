package io.squadron.jobs.compose;

import io.squadron.dataset.DatasetDescription;
import io.squadron.driver.spark.prepare.Prepare;
import io.squadron.driver.spark.prepare.PrepareLimits;
import io.squadron.driver.spark.prepare.PrepareSettings;
import io.squadron.jobs.config.JobConfig;
import io.squadron.jobs.config.PrepareConfig;

/** The job prepare: from images to a dataset. */
public final class Preparation {
    private Preparation() {}

    public static DatasetDescription run(Cluster cluster, JobConfig config) {
        PrepareConfig prepare = config.prepare();
        return Prepare.run(
                cluster.session(),
                new PrepareSettings(
                        prepare.source(),
                        config.dataset(),
                        new PrepareSettings.HeldOut(prepare.validationShare(), prepare.testShare()),
                        new PrepareLimits(
                                prepare.rejectShare(),
                                prepare.maxPixels(),
                                prepare.shardSize().count()),
                        config.seed()));
    }
}
