package io.squadron.driver.spark.prepare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.squadron.dataset.DatasetFiles;
import io.squadron.driver.source.SourceFormat;
import io.squadron.driver.source.SourceOptions;
import io.squadron.driver.spark.LocalSpark;
import io.squadron.driver.spark.prepare.PrepareSettings.Choices;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people and disks do to tables and tars: each has its message, and names file and line. */
class BadSourcesTest {
    @TempDir
    Path folder;

    private final SparkSession spark = LocalSpark.session();
    private final Storage storage = Storage.of(Map.of());

    @BeforeEach
    void images() {
        ImageFolders.write(storage, at("images"), 3, "a", "b");
    }

    @Test
    void aTableWithoutTheColumnsIsNamedWithThoseItHas() {
        table("name,kind\na/0000.png,a\n");
        assertThat(failure("images/list.csv"))
                .hasMessageContaining("list.csv")
                .hasMessageContaining("[name, kind]")
                .hasMessageContaining("prepare.image-column");
    }

    @Test
    void aRecordOfAnotherLengthIsNamedWithItsLine() {
        table("path,label\na/0000.png,a\na/0001.png\n");
        assertThat(failure("images/list.csv")).hasMessageContaining("line 3: it has 1 fields (expected 2");
    }

    @Test
    void quotesThatDoNotPairAreNamedWithTheirLine() {
        table("path,label\na/0000.png,\"a\na/0001.png,a\n");
        assertThat(failure("images/list.csv")).hasMessageContaining("the quote that line 2 opens is never closed");
        table("path,label\na/00\"00.png,a\n");
        assertThat(failure("images/list.csv")).hasMessageContaining("line 2: a quote begins within a field");
        table("path,label\n\"a/0000.png\"x,a\n");
        assertThat(failure("images/list.csv")).hasMessageContaining("line 2: a quote ends within a field");
    }

    @Test
    void aPathThatIsListedTwiceIsNamed() {
        table("path,label\na/0000.png,a\nb/0000.png,b\na/0000.png,b\n");
        assertThat(failure("images/list.csv")).hasMessageContaining("line 4").hasMessageContaining("a second time");
    }

    @Test
    void anUnknownSplitIsNamed() {
        table("path,label,split\na/0000.png,a,holdout\n");
        assertThat(failure("images/list.csv")).hasMessageContaining("split 'holdout' (expected train");
    }

    @Test
    void anEmptyLabelIsNamed() {
        table("path,label\na/0000.png, \n");
        assertThat(failure("images/list.csv")).hasMessageContaining("line 2: path 'a/0000.png', label ' '");
    }

    @Test
    void aMissingImageIsADamagedOne() {
        table("path,label\na/0000.png,a\na/absent.png,a\n");
        assertThat(failure("images/list.csv"))
                .hasMessageContaining("1 of 2 images are damaged")
                .hasMessageContaining("a/absent.png")
                .hasMessageContaining("does not exist");
    }

    @Test
    void aLineThatIsNoJsonIsNamed() {
        storage.replace(
                at("images/list.jsonl"), "{\"path\":\"a/0000.png\",\"label\":\"a\"}\n{\"path\":".getBytes(UTF_8));
        assertThat(failure("images/list.jsonl")).hasMessageContaining("list.jsonl, line 2: it is no JSON");
        storage.replace(at("images/list.jsonl"), "[1]\n".getBytes(UTF_8));
        assertThat(failure("images/list.jsonl")).hasMessageContaining("line 1: it is no JSON object");
    }

    @Test
    void entriesThatLeadOutOfATarAndSuchWithoutLabelAreListed() {
        byte[] image = storage.read(at("images/a/0000.png"));
        Tar tar = new Tar();
        tar.add("../../etc/x.png", image).add("../../etc/x.cls", "a".getBytes(UTF_8));
        tar.add("/etc/y.png", image).add("/etc/y.cls", "a".getBytes(UTF_8));
        tar.add("z.png", image).add("q.cls", "a".getBytes(UTF_8));
        tar.add("n.png", image).add("n.json", "{".getBytes(UTF_8));
        tar.add(".hidden.png", image);
        tar.write(storage, at("tars/a.tar"));
        assertThat(failure("tars")).hasMessageContaining("4 of 4 images are damaged");
        String rejects = new String(storage.read(at("out/" + DatasetFiles.REJECTS)), UTF_8);
        assertThat(rejects.lines())
                .as("rejects")
                .satisfiesExactly(
                        line -> assertThat(line).contains("../../etc/x.png", "leads out of the archive"),
                        line -> assertThat(line).contains("/etc/y.png", "leads out of the archive"),
                        line -> assertThat(line).contains("n.png", ".json beside it is damaged"),
                        line -> assertThat(line).contains("z.png", "no label beside it (expected an entry z.cls"));
    }

    @Test
    void aTarThatIsCutShortStopsTheJob() {
        byte[] image = storage.read(at("images/a/0000.png"));
        byte[] tar = new Tar()
                .add("a.png", image)
                .add("a.cls", "a".getBytes(UTF_8))
                .add("b.png", image)
                .bytes();
        storage.publish(at("tars/a.tar"), Arrays.copyOf(tar, 512 * 5 + 20));
        assertThat(failure("tars")).hasMessageContaining("a.tar").hasMessageContaining("damaged or cut short");
    }

    @Test
    void aParquetThatIsNoneIsNamed() {
        storage.publish(at("tables/a.parquet"), "PAR1 but no more".getBytes(UTF_8));
        assertThat(failure("tables")).hasMessageContaining("a.parquet").hasMessageContaining("damaged or cut short");
    }

    @Test
    void aParquetWithoutImagesIsNamedWithItsColumns() {
        spark.range(3).toDF("number").write().parquet(at("tables"));
        assertThat(failure("tables")).hasMessageContaining("[number]").hasMessageContaining("prepare.image-column");
    }

    @Test
    void anEmptyImageAndHiddenFilesAreNotMistakenForImages() {
        storage.publish(at("images/a/empty.png"), new byte[0]);
        storage.publish(at("images/a/._0000.png"), new byte[10]);
        storage.publish(at("images/.DS_Store"), new byte[10]);
        assertThat(failure("images"))
                .hasMessageContaining("1 of 7 images are damaged, the first is a/empty.png")
                .hasMessageContaining("the file is empty");
    }

    @Test
    void aSourceWithoutFilesOfTheFormatAskedForIsNamed() {
        Failure failure = catchThrowableOfType(
                Failure.class,
                () -> Prepare.run(
                        spark,
                        PrepareSettings.of(at("images"), at("out"))
                                .withChoices(Choices.standard().reading(SourceOptions.of(SourceFormat.WEBDATASET)))));
        assertThat(failure).as("failure").hasMessageContaining("no file in it is named like WEBDATASET");
    }

    @Test
    void aFileOfAnUnknownKindIsNamed() {
        assertThat(failure("images/a/0000.png")).hasMessageContaining("a file of an unknown kind");
    }

    @Test
    void twiceTheSameClassInTheConfigurationIsNamed() {
        Failure failure = catchThrowableOfType(
                Failure.class,
                () -> Prepare.run(
                        spark,
                        PrepareSettings.of(at("images"), at("out"))
                                .withChoices(Choices.standard()
                                        .reading(SourceOptions.standard().withClasses(List.of("a", "a"))))));
        assertThat(failure.kind()).as("kind").isEqualTo(Failure.Kind.USAGE);
    }

    private void table(String text) {
        storage.replace(at("images/list.csv"), text.getBytes(UTF_8));
    }

    private Failure failure(String source) {
        Failure failure = catchThrowableOfType(
                Failure.class, () -> Prepare.run(spark, PrepareSettings.of(at(source), at("out"))));
        assertThat(failure).as("failure").isNotNull();
        assertThat(failure.kind()).as("kind of: %s", failure).isEqualTo(Failure.Kind.DATA);
        assertThat(storage.exists(at("out/" + DatasetFiles.DESCRIPTION)))
                .as("a dataset is there")
                .isFalse();
        return failure;
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }
}
