package io.squadron.jobs.ml;

import io.squadron.driver.spark.predict.ImageColumn;
import io.squadron.driver.spark.predict.Predictor;
import io.squadron.driver.spark.prepare.SparkStorage;
import io.squadron.engine.Engines;
import io.squadron.exchange.PortableModel;
import io.squadron.failure.Failure;
import java.util.List;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A trained network as a transformer: adds the number and the name of the likeliest class, and the probabilities of all, to a
 * table of images. Lazy: executors compute when the result is used. Saved as metadata beside the weights.
 */
public final class ImageClassifierModel extends Model<ImageClassifierModel> implements MLWritable {
    private static final long serialVersionUID = 1L;
    private static final long MOST_PIXELS = 64_000_000;

    private final String uid;
    private final transient PortableModel model;
    private final transient Columns columns;
    private transient Predictor predictor;

    ImageClassifierModel(String uid, PortableModel model) {
        this.uid = uid;
        this.model = model;
        this.columns = Columns.of(this);
        setDefault(columns.image(), "image");
        setDefault(columns.prediction(), "prediction");
        setDefault(columns.predictedLabel(), "predictedLabel");
        setDefault(columns.probability(), "probability");
        setDefault(columns.handleInvalid(), "error");
    }

    /** A network from anywhere as a stage of a pipeline. */
    public static ImageClassifierModel of(PortableModel model) {
        return new ImageClassifierModel(Identifiable$.MODULE$.randomUID("imageClassifier"), model);
    }

    @Override
    public String uid() {
        return uid;
    }

    /** The network. */
    public PortableModel model() {
        return model;
    }

    /** Names of the classes, by the number that the prediction gives. */
    public List<String> labels() {
        return model.facts().classes();
    }

    public Param<String> imageCol() {
        return columns.image();
    }

    public Param<String> predictionCol() {
        return columns.prediction();
    }

    public Param<String> predictedLabelCol() {
        return columns.predictedLabel();
    }

    public Param<String> probabilityCol() {
        return columns.probability();
    }

    public Param<String> handleInvalid() {
        return columns.handleInvalid();
    }

    public ImageClassifierModel setImageCol(String name) {
        set(columns.image(), name);
        return this;
    }

    public ImageClassifierModel setPredictionCol(String name) {
        set(columns.prediction(), name);
        return this;
    }

    public ImageClassifierModel setPredictedLabelCol(String name) {
        set(columns.predictedLabel(), name);
        return this;
    }

    public ImageClassifierModel setProbabilityCol(String name) {
        set(columns.probability(), name);
        return this;
    }

    public ImageClassifierModel setHandleInvalid(String how) {
        set(columns.handleInvalid(), how);
        return this;
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        Dataset<Row> table = dataset.toDF();
        ImageColumn column = ImageColumn.of(table.schema(), $(columns.image()), "");
        ColumnsAnswer answer = new ColumnsAnswer(
                table.schema().fieldNames().length,
                new ColumnsAnswer.Names(labels(), !$(columns.predictedLabel()).isEmpty()),
                ColumnsAnswer.Invalid.of($(columns.handleInvalid())),
                transformSchema(table.schema()));
        return predictor(table).of(table, column, answer);
    }

    /** Shipped once; Spark frees broadcasts that nobody knows any more. */
    private synchronized Predictor predictor(Dataset<Row> table) {
        if (predictor == null) {
            predictor = new Predictor(
                    table.sparkSession(),
                    SparkStorage.of(table.sparkSession()),
                    model,
                    Engines.named(Engines.AUTO).name(),
                    MOST_PIXELS);
        }
        return predictor;
    }

    @Override
    public StructType transformSchema(StructType schema) {
        StructType wider = added(schema, $(columns.prediction()), DataTypes.DoubleType);
        if (!$(columns.predictedLabel()).isEmpty()) {
            wider = added(wider, $(columns.predictedLabel()), DataTypes.StringType);
        }
        return added(wider, $(columns.probability()), SQLDataTypes.VectorType());
    }

    private static StructType added(StructType schema, String name, org.apache.spark.sql.types.DataType type) {
        if (List.of(schema.fieldNames()).contains(name)) {
            throw Failure.usage("Cannot add column '%s': the table has one. Choose another name", name);
        }
        return schema.add(name, type);
    }

    @Override
    public ImageClassifierModel copy(ParamMap extra) {
        ImageClassifierModel copy = copyValues(new ImageClassifierModel(uid, model), extra);
        return copy.setParent(parent());
    }

    @Override
    public MLWriter write() {
        return new ModelWriter(this);
    }

    @Override
    public void save(String path) throws java.io.IOException {
        write().save(path);
    }

    /** What pipelines read this stage with. */
    public static MLReader<ImageClassifierModel> read() {
        return new ModelReader();
    }

    public static ImageClassifierModel load(String path) {
        return read().load(path);
    }
}
