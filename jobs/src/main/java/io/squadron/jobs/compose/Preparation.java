package io.squadron.jobs.compose;

import io.squadron.dataset.DatasetDescription;
import io.squadron.dataset.DatasetFiles;
import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.ThinClasses;
import io.squadron.driver.source.SourceOptions;
import io.squadron.driver.spark.prepare.DatasetIndexes;
import io.squadron.driver.spark.prepare.Prepare;
import io.squadron.driver.spark.prepare.PrepareLimits;
import io.squadron.driver.spark.prepare.PrepareSettings;
import io.squadron.jobs.config.JobConfig;
import io.squadron.jobs.config.PrepareConfig;
import io.squadron.storage.Storage;
import java.io.PrintStream;
import java.util.List;

/** The job prepare: from images to a dataset. */
public final class Preparation {
    private Preparation() {}

    public static DatasetDescription run(Cluster cluster, JobConfig config) {
        return Prepare.run(cluster.session(), settings(config));
    }

    /**
     * {@code config} with a dataset: its own; or else that of its source in {@code prepare.cache}, which is prepared now unless
     * the same source was before. Whether it is the same is told by its listing and by how it is to be prepared.
     */
    public static JobConfig cached(Cluster cluster, JobConfig config, PrintStream out) {
        if (!config.dataset().isEmpty()) {
            return config;
        }
        PrepareSettings settings = settings(config);
        String name = "dataset-" + Prepare.key(cluster.session(), settings);
        String directory = Storage.child(config.prepare().cache(), name);
        if (cluster.storage().exists(Storage.child(directory, DatasetFiles.DESCRIPTION))) {
            out.println("  dataset " + directory + ", prepared before");
        } else {
            out.println("  preparing " + config.prepare().source() + " into " + directory);
            Prepare.run(cluster.session(), settings.into(directory));
        }
        return config.withDataset(directory);
    }

    /** Names what the source holds and how it is to be prepared; equal where nothing has changed. */
    static String key(Cluster cluster, JobConfig config) {
        PrepareSettings settings = settings(config);
        PrepareSettings first = settings.withChoices(settings.choices().withBase(""));
        return Prepare.key(cluster.session(), first.into(""));
    }

    /** What is thin about the dataset of {@code config}, in sentences. */
    public static List<String> warnings(Cluster cluster, JobConfig config) {
        return warnings(DatasetIndexes.load(cluster.session(), config.dataset()), config);
    }

    static List<String> warnings(DatasetIndex index, JobConfig config) {
        return ThinClasses.warnings(index, config.prepare().fewImages());
    }

    private static PrepareSettings settings(JobConfig config) {
        PrepareConfig prepare = config.prepare();
        PrepareLimits limits = new PrepareLimits(
                prepare.rejectShare(), prepare.maxPixels(), prepare.shardSize().count());
        return new PrepareSettings(
                prepare.source(),
                config.dataset(),
                new PrepareSettings.HeldOut(prepare.validationShare(), prepare.testShare()),
                limits,
                config.seed(),
                choices(prepare));
    }

    private static PrepareSettings.Choices choices(PrepareConfig prepare) {
        SourceOptions.Columns columns =
                new SourceOptions.Columns(prepare.imageColumn(), prepare.labelColumn(), prepare.splitColumn());
        return new PrepareSettings.Choices(
                new SourceOptions(prepare.format(), columns, prepare.classes()),
                prepare.duplicates(),
                prepare.shrink(),
                prepare.base());
    }
}
