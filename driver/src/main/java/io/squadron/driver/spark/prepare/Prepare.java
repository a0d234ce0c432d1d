package io.squadron.driver.spark.prepare;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.squadron.dataset.DatasetDescription;
import io.squadron.dataset.DatasetDescription.Provenance;
import io.squadron.dataset.DatasetDescription.Shard;
import io.squadron.dataset.DatasetFiles;
import io.squadron.dataset.Split;
import io.squadron.driver.source.Listing;
import io.squadron.driver.source.SourceScan;
import io.squadron.failure.Failure;
import io.squadron.storage.Checksum;
import io.squadron.storage.Storage;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * From images to a dataset. The same images give byte-identical shards and the same fingerprint on any file system and at any
 * parallelism. The directory becomes a dataset in its last step, when dataset.json appears; what an earlier, stopped try
 * left there is used as far as it still holds. Damaged images are left out, and listed in rejects.jsonl.
 */
public final class Prepare {
    /** Listed at most. */
    private static final int MOST_ABSENT = 10_000;

    private final SparkSession spark;
    private final Work work;
    private final PrepareSettings settings;
    private final BaseVersion base;

    private Prepare(SparkSession spark, PrepareSettings settings, BaseVersion base) {
        this.spark = spark;
        this.work = new Work(SparkStorage.of(spark), settings.out());
        this.settings = settings;
        this.base = base;
    }

    /**
     * Prepares and returns what was written to dataset.json. Fails with DATA when the source is missing, has fewer than two
     * classes, a class without images or too many damaged ones; with STATE when there is a dataset already.
     */
    public static DatasetDescription run(SparkSession spark, PrepareSettings settings) {
        Storage storage = SparkStorage.of(spark);
        if (storage.exists(Storage.child(settings.out(), DatasetFiles.DESCRIPTION))) {
            throw Failure.state(
                    "Cannot prepare into %s: there is a dataset already. Delete it, or choose another directory",
                    settings.out());
        }
        String named = settings.choices().base();
        BaseVersion base = named.isEmpty() ? BaseVersion.none() : BaseVersion.load(spark, named);
        // Who was held out stays held out: that is up to the seed of the first version.
        PrepareSettings settled = base.isNone()
                ? settings
                : settings.withSeed(base.described().provenance().seed());
        return new Prepare(spark, settled, base).run();
    }

    /** 32 hex digits that name what {@link #run} would make of the source as it is now, wherever it is put. */
    public static String key(SparkSession spark, PrepareSettings settings) {
        MessageDigest digest = Checksum.digest();
        digest.update(settings.into("").toString().getBytes(UTF_8));
        new SourceScan(
                        SparkStorage.of(spark),
                        settings.source(),
                        settings.choices().reading())
                .list()
                .units()
                .forEach(unit -> digest.update(unit.key().getBytes(UTF_8)));
        return Checksum.hex(digest.digest()).substring(0, 32);
    }

    private DatasetDescription run() {
        Listing listing = new SourceScan(
                        work.storage(), settings.source(), settings.choices().reading())
                .list();
        work.storage().makeDirectories(settings.out());
        Surveyor surveyor = new Surveyor(
                work,
                settings.choices().reading(),
                settings.limits().pixels(),
                settings.choices().shrink());
        Survey survey = clear("read " + settings.source(), () -> {
            SurveyJob.run(spark, surveyor, listing);
            return Survey.read(surveyor, listing);
        });
        survey.rejects().requireFew(work.storage(), settings, survey.samples().size());
        ClassNames classes = classes(listing, survey);
        survey.settle(classes);
        Splits splits = Splits.of(settings, survey.samples());
        Selection selection = Selection.of(survey.samples(), splits, base);
        int duplicates = judge(survey, selection);
        Placement placement =
                Placement.of(survey.samples(), selection, settings.limits().shardBytes());
        IndexMaker index = new IndexMaker(base, survey, selection, placement, classes.names());
        index.requireTraining(settings.source());
        List<Shard> shards = pack(survey, selection, placement);
        PixelSums sums = base.sums();
        sums.add(survey.sums(number -> selection.isKept(number, Split.TRAIN)));
        DatasetDescription description = index.describe(
                settings.out(),
                shards,
                sums,
                provenance(splits, survey.rejects().damaged(), duplicates));
        DatasetFiles.write(work.storage(), settings.out(), description);
        work.clear();
        return description;
    }

    /** Finds duplicates and lists all that is left out. */
    private int judge(Survey survey, Selection selection) {
        int duplicates = DuplicateCheck.run(settings, survey, selection, base);
        absent(survey, selection);
        survey.rejects().write(work.storage(), settings.out());
        return duplicates;
    }

    /** Samples of the base that its own source no longer has: they stay, for nothing is taken out of a dataset. */
    private void absent(Survey survey, Selection selection) {
        if (base.isNone() || !base.described().provenance().source().equals(settings.source())) {
            return;
        }
        List<Long> missing = Arrays.stream(base.index().ids())
                .filter(id -> !selection.met().contains(id))
                .limit(MOST_ABSENT)
                .boxed()
                .toList();
        if (!missing.isEmpty()) {
            Manifest.sources(spark, base.index().directory(), missing)
                    .forEach(path -> survey.rejects()
                            .add(path, "no longer in the source; the sample stays in the dataset", Reject.Kind.ABSENT));
        }
    }

    private List<Shard> pack(Survey survey, Selection selection, Placement placement) {
        long[] rows = PackingPlan.of(survey.samples(), selection, placement).rows();
        Broadcast<long[]> plan =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(rows);
        try {
            List<Shard> shards = new ArrayList<>(base.shardsFrom(work.storage(), settings.out()));
            shards.addAll(
                    clear("write shards to " + settings.out(), () -> ShardJob.run(spark, survey, placement, plan)));
            clear("write the manifest to " + settings.out(), () -> {
                Manifest.write(spark, survey, plan, base, (long) base.index().size() + placement.order().length);
                return true;
            });
            return shards;
        } finally {
            plan.destroy();
        }
    }

    private ClassNames classes(Listing listing, Survey survey) {
        List<String> asked = settings.choices().reading().classes();
        ClassNames classes =
                ClassNames.of(base.index().classes(), asked.isEmpty() ? listing.classes() : asked, survey.labelTexts());
        if (classes.names().size() < 2) {
            throw Failure.data(
                    "Cannot prepare %s: its classes are %s (expected two or more). Correct the source",
                    settings.source(), classes.names());
        }
        return classes;
    }

    private Provenance provenance(Splits splits, int rejected, int duplicates) {
        return new Provenance(
                settings.source(),
                settings.seed(),
                splits.rule(),
                rejected,
                duplicates,
                settings.choices().shrink(),
                settings.choices().base());
    }

    private static <T> T clear(String what, Callable<T> job) {
        return SparkFailures.clear(what, job);
    }
}
