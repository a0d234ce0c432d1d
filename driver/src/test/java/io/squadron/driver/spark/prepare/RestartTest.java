package io.squadron.driver.spark.prepare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.squadron.dataset.DatasetDescription;
import io.squadron.dataset.DatasetIndex;
import io.squadron.driver.source.Listing;
import io.squadron.driver.source.SourceOptions;
import io.squadron.driver.source.SourceScan;
import io.squadron.driver.source.SourceUnit;
import io.squadron.driver.spark.LocalSpark;
import io.squadron.driver.spark.prepare.PrepareSettings.Choices;
import io.squadron.failure.Failure;
import io.squadron.image.Encoder;
import io.squadron.image.Pictures;
import io.squadron.storage.Storage;
import io.squadron.storage.StoredFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A preparation that was stopped goes on with what it had, and ends with the bytes of one that was not. */
class RestartTest {
    @TempDir
    Path folder;

    private final SparkSession spark = LocalSpark.session();
    private final Storage storage = Storage.of(Map.of());
    private String images;
    private String out;
    private DatasetDescription quiet;

    @BeforeEach
    void aQuietRun() {
        images = folder.resolve("images").toString();
        out = folder.resolve("dataset").toString();
        ImageFolders.write(storage, images, 30, "a", "b");
        quiet = Prepare.run(spark, settings(folder.resolve("quiet").toString()));
    }

    @Test
    void whatWasLookedThroughIsNotLookedThroughAgain() throws IOException {
        Surveyor surveyor = surveyor();
        SourceUnit unit = units().get(0);
        String part = surveyor.work().part(surveyor.key(unit));
        surveyor.survey(unit, surveyor.key(unit));
        // A row that no survey would find shows whose work was used.
        List<SurveyRow> rows = new ArrayList<>();
        SurveyPart.read(storage, part, rows::add);
        storage.replace(part, stream -> {
            try (SurveyPart.Writer writer = new SurveyPart.Writer(stream)) {
                for (SurveyRow row : rows.subList(1, rows.size())) {
                    writer.add(row);
                }
            }
        });
        DatasetDescription description = Prepare.run(spark, settings(out));
        assertThat(description.counts().values().stream().mapToInt(x -> x).sum())
                .as("samples, one fewer than in the source")
                .isEqualTo(59);
    }

    @Test
    void aSourceThatChangedMeanwhileIsLookedThroughAgainWhereItChanged() {
        Surveyor surveyor = surveyor();
        for (SourceUnit unit : units()) {
            surveyor.survey(unit, surveyor.key(unit));
        }
        storage.replace(Storage.child(images, "a/0000.png"), Encoder.png(Pictures.noise(7, 9, 123)));
        DatasetDescription description = Prepare.run(spark, settings(out));
        assertThat(description.fingerprint()).as("fingerprint").isNotEqualTo(quiet.fingerprint());
        assertThat(description.counts()).as("counts").isNotNull();
        assertThat(Manifests.rows(spark, out))
                .as("the new picture is in")
                .anyMatch(row -> row.getString(8).equals("a/0000.png") && row.getInt(6) == 9 && row.getInt(7) == 7);
    }

    @Test
    void aDamagedSurveyIsMadeAgain() {
        Surveyor surveyor = surveyor();
        SourceUnit unit = units().get(0);
        surveyor.survey(unit, surveyor.key(unit));
        String part = surveyor.work().part(surveyor.key(unit));
        byte[] bytes = storage.read(part);
        bytes[bytes.length / 2] ^= 4;
        storage.replace(part, bytes);
        Failure failure = catchThrowableOfType(Failure.class, () -> Prepare.run(spark, settings(out)));
        assertThat(failure).as("failure").hasMessageContaining("It is removed now: prepare again");
        assertThat(Prepare.run(spark, settings(out)).fingerprint())
                .as("fingerprint of the next try")
                .isEqualTo(quiet.fingerprint());
    }

    @Test
    void shardsThatAreWholeStayAndTheOthersAreWritten() {
        writeShardsAndNoMore();
        List<StoredFile> before = storage.list(Storage.child(out, "shards"));
        assertThat(before).as("shards of the stopped try").hasSameSizeAs(quiet.shards());
        storage.delete(before.get(0).uri());
        byte[] torn = storage.read(before.get(1).uri());
        storage.replace(before.get(1).uri(), java.util.Arrays.copyOf(torn, torn.length - 512));
        storage.publish(Storage.child(out, "shards/train-00077.tar"), new byte[10]);

        DatasetDescription description = Prepare.run(spark, settings(out));
        assertThat(description).as("as of the quiet run").isEqualTo(quiet);
        List<StoredFile> after = storage.list(Storage.child(out, "shards"));
        assertThat(after.subList(2, after.size()))
                .as("shards that were whole, by their times")
                .isEqualTo(before.subList(2, before.size()));
        assertThat(after).as("shards").hasSameSizeAs(before);
        DatasetIndex index = DatasetIndexes.load(spark, out);
        assertThat(index.size()).as("samples").isEqualTo(60);
    }

    @Test
    void anImageThatChangesBetweenTheLooksIsNamedAndTheNextTryWorks() {
        Surveyor surveyor = surveyor();
        StringBuilder table = new StringBuilder("path,label\n");
        for (String label : List.of("a", "b")) {
            for (int i = 0; i < 30; i++) {
                table.append("%s/%04d.png,%s\n".formatted(label, i, label));
            }
        }
        String list = Storage.child(images, "list.csv");
        storage.publish(list, table.toString().getBytes(UTF_8));
        PrepareSettings settings = new PrepareSettings(
                list, out, settings(out).heldOut(), settings(out).limits(), 0);
        for (SourceUnit unit :
                new SourceScan(storage, list, SourceOptions.standard()).list().units()) {
            surveyor.survey(unit, surveyor.key(unit));
        }
        // The table does not show that one of its images has changed.
        storage.replace(Storage.child(images, "a/0000.png"), Encoder.png(Pictures.noise(7, 9, 123)));
        Failure failure = catchThrowableOfType(Failure.class, () -> Prepare.run(spark, settings));
        assertThat(failure).as("failure").hasMessageContaining("a/0000.png").hasMessageContaining("it changed while");
        assertThat(Prepare.run(spark, settings).counts()).as("the next try").isNotNull();
    }

    /** What is there when a preparation is killed before it writes the manifest. */
    private void writeShardsAndNoMore() {
        Surveyor surveyor = surveyor();
        Listing listing = new SourceScan(storage, images, SourceOptions.standard()).list();
        SurveyJob.run(spark, surveyor, listing);
        Survey survey = Survey.read(surveyor, listing);
        survey.settle(ClassNames.of(List.of(), listing.classes(), survey.labelTexts()));
        Selection selection =
                Selection.of(survey.samples(), Splits.of(settings(out), survey.samples()), BaseVersion.none());
        Placement placement =
                Placement.of(survey.samples(), selection, settings(out).limits().shardBytes());
        long[] plan = PackingPlan.of(survey.samples(), selection, placement).rows();
        ShardJob.run(spark, survey, placement, LocalSpark.context().broadcast(plan));
    }

    private List<SourceUnit> units() {
        return new SourceScan(storage, images, SourceOptions.standard()).list().units();
    }

    private Surveyor surveyor() {
        return new Surveyor(new Work(storage, out), Choices.standard().reading(), 1_000_000, 0);
    }

    private PrepareSettings settings(String directory) {
        return PrepareSettings.of(images, directory).withLimits(new PrepareLimits(0.01, 1_000_000, 10_000));
    }
}
