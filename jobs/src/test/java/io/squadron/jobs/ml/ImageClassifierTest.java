package io.squadron.jobs.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.squadron.failure.Failure;
import io.squadron.image.Encoder;
import io.squadron.image.synthetic.Domain;
import io.squadron.image.synthetic.Scenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The estimator on the Spark of another program: no Kryo, no plugin, as a notebook has it. */
class ImageClassifierTest {
    /** The smallest network that there is on the smallest images: what counts is that it can be done. */
    private static final Map<String, String> SMALL = Map.of(
            "input.size", "32",
            "input.resize", "32",
            "augment.crop", "none",
            "training.global-batch", "8",
            "optimiser.clip-norm", "1",
            "report.examples", "0",
            "prepare.validation-share", "0.2");

    private static final List<String> NAMES = List.of("circle", "square");

    @TempDir
    private static Path folder;

    private static SparkSession spark;
    private static Dataset<Row> table;

    @BeforeAll
    static void start() {
        spark = SparkSession.builder()
                .master("local[2]")
                .appName("a notebook")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 2)
                .getOrCreate();
        Scenes scenes = new Scenes(5, Domain.SUNNY, 32);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            int label = Scenes.classes().indexOf(NAMES.get(i % 2));
            rows.add(RowFactory.create(Encoder.png(scenes.draw(label, i)), NAMES.get(i % 2), i));
        }
        table = spark.createDataFrame(
                        rows,
                        new StructType()
                                .add("image", DataTypes.BinaryType)
                                .add("kind", DataTypes.StringType)
                                .add("number", DataTypes.IntegerType))
                .cache();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static ImageClassifier classifier() {
        return new ImageClassifier()
                .setLabelCol("label")
                .setEpochs(1)
                .setReplicas(2)
                .setLearningRate(0.001)
                .setSettings(SMALL);
    }

    @Test
    void aPipelineIsTrainedSavedAndLoaded() throws IOException {
        StringIndexer labels = new StringIndexer().setInputCol("kind").setOutputCol("label");
        ImageClassifier classifier =
                classifier().setRunDirectory(folder.resolve("runs").toString());
        PipelineModel trained = new Pipeline()
                .setStages(new PipelineStage[] {labels, classifier})
                .fit(table);
        Dataset<Row> seen = trained.transform(table);
        List<Row> rows = seen.orderBy("number").collectAsList();

        assertThat(seen.columns())
                .as("columns")
                .containsExactly("image", "kind", "number", "label", "prediction", "predictedLabel", "probability");
        assertThat(rows).as("rows").hasSize(32).allSatisfy(row -> {
            Vector probability = row.getAs("probability");
            double prediction = row.<Double>getAs("prediction");
            assertThat(probability.toArray()[0] + probability.toArray()[1]).isCloseTo(1, within(1e-9));
            assertThat((double) probability.argmax()).isEqualTo(prediction);
            assertThat(row.<String>getAs("predictedLabel")).isEqualTo(NAMES.get((int) prediction));
        });
        double accuracy = new MulticlassClassificationEvaluator()
                .setMetricName("accuracy")
                .evaluate(seen);
        assertThat(accuracy).as("accuracy by Spark's evaluator").isBetween(0.0, 1.0);
        try (var runs = Files.list(folder.resolve("runs"))) {
            assertThat(runs.toList())
                    .as("the run is kept, its source is not")
                    .singleElement()
                    .satisfies(run -> {
                        assertThat(run.resolve("report.html")).exists();
                        assertThat(run.resolve("source")).doesNotExist();
                    });
        }

        String saved = folder.resolve("pipeline").toString();
        trained.write().overwrite().save(saved);
        Dataset<Row> again = PipelineModel.load(saved).transform(table);
        assertThat(again.orderBy("number").collectAsList())
                .as("predictions of the loaded one")
                .isEqualTo(rows);
    }

    @Test
    void crossValidationChooses() {
        Dataset<Row> numbered = table.selectExpr("image", "number % 2 AS label");
        ImageClassifier classifier = classifier();
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(classifier.learningRate(), new double[] {0.0001, 0.003})
                .build();
        CrossValidatorModel chosen = new CrossValidator()
                .setEstimator(classifier)
                .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("accuracy"))
                .setEstimatorParamMaps(grid)
                .setNumFolds(2)
                .setSeed(3)
                .fit(numbered);

        assertThat(Arrays.stream(chosen.avgMetrics()).boxed())
                .as("accuracy of each setting")
                .hasSize(2)
                .allMatch(each -> each >= 0 && each <= 1);
        ImageClassifierModel best = (ImageClassifierModel) chosen.bestModel();
        assertThat(best.labels()).as("numbers are names").containsExactly("0", "1");
        assertThat(chosen.transform(numbered).count()).as("rows").isEqualTo(32);
    }

    @Test
    void anEstimatorIsSavedWithItsParameters() throws IOException {
        String path = folder.resolve("estimator").toString();
        ImageClassifier written = classifier().setArchitecture("resnet34").setImageCol("shot");
        written.write().overwrite().save(path);
        ImageClassifier read = ImageClassifier.load(path);
        assertThat(read.getOrDefault(read.architecture())).as("architecture").isEqualTo("resnet34");
        assertThat(read.getOrDefault(read.imageCol())).as("column of images").isEqualTo("shot");
        assertThat(read.getOrDefault(read.epochs())).as("epochs").isEqualTo(1);
        assertThat(read.getOrDefault(read.settings()))
                .as("settings")
                .isEqualTo(written.getOrDefault(written.settings()));
        assertThat(read.uid()).as("name").isEqualTo(written.uid());
    }

    @Test
    void aTableWithoutLabelsIsRefused() {
        assertThatThrownBy(() -> classifier().fit(table))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("Name it with labelCol");
    }
}
