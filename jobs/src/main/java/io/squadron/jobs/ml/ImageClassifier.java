package io.squadron.jobs.ml;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a network on a table of images: prepares a dataset of it in the run directory and runs the job train with
 * replicas in Spark's barrier tasks. What is not set keeps the default of conf/reference.conf.
 */
public final class ImageClassifier extends Estimator<ImageClassifierModel> implements DefaultParamsWritable {
    private static final long serialVersionUID = 1L;

    private final String uid;
    private final transient Columns columns;
    private final Param<String> labelCol;
    private final Param<String> architecture;
    private final IntParam epochs;
    private final DoubleParam learningRate;
    private final IntParam replicas;
    private final StringArrayParam settings;
    private final Param<String> runDirectory;

    public ImageClassifier() {
        this(Identifiable$.MODULE$.randomUID("imageClassifier"));
    }

    /** With the name that it has among the stages of a pipeline. */
    public ImageClassifier(String uid) {
        this.uid = uid;
        this.columns = Columns.of(this);
        this.labelCol = new Param<>(
                this,
                "labelCol",
                "column of labels: names, or numbers from 0 on as StringIndexer gives them (default label)");
        this.architecture = new Param<>(this, "architecture", "name of the network, as model.architecture");
        this.epochs = new IntParam(this, "epochs", "passes over the training images, as training.epochs");
        this.learningRate = new DoubleParam(this, "learningRate", "as optimiser.learning-rate");
        this.replicas = new IntParam(this, "replicas", "copies that train, as training.replicas");
        this.settings =
                new StringArrayParam(this, "settings", "further keys of conf/reference.conf, each as key=value");
        this.runDirectory = new Param<>(
                this, "runDirectory", "URI below which each fit has its run; empty: a temporary one, then deleted");
        setDefault(columns.image(), "image");
        setDefault(columns.prediction(), "prediction");
        setDefault(columns.predictedLabel(), "predictedLabel");
        setDefault(columns.probability(), "probability");
        setDefault(columns.handleInvalid(), "error");
        setDefault(labelCol, "label");
        setDefault(settings, new String[0]);
        setDefault(runDirectory, "");
    }

    @Override
    public String uid() {
        return uid;
    }

    public Param<String> imageCol() {
        return columns.image();
    }

    public Param<String> labelCol() {
        return labelCol;
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

    public Param<String> architecture() {
        return architecture;
    }

    public IntParam epochs() {
        return epochs;
    }

    public DoubleParam learningRate() {
        return learningRate;
    }

    public IntParam replicas() {
        return replicas;
    }

    public StringArrayParam settings() {
        return settings;
    }

    public Param<String> runDirectory() {
        return runDirectory;
    }

    public ImageClassifier setImageCol(String name) {
        set(columns.image(), name);
        return this;
    }

    public ImageClassifier setLabelCol(String name) {
        set(labelCol, name);
        return this;
    }

    public ImageClassifier setPredictionCol(String name) {
        set(columns.prediction(), name);
        return this;
    }

    public ImageClassifier setPredictedLabelCol(String name) {
        set(columns.predictedLabel(), name);
        return this;
    }

    public ImageClassifier setProbabilityCol(String name) {
        set(columns.probability(), name);
        return this;
    }

    public ImageClassifier setHandleInvalid(String how) {
        set(columns.handleInvalid(), how);
        return this;
    }

    public ImageClassifier setArchitecture(String name) {
        set(architecture, name);
        return this;
    }

    public ImageClassifier setEpochs(int count) {
        set(epochs, count);
        return this;
    }

    public ImageClassifier setLearningRate(double rate) {
        set(learningRate, rate);
        return this;
    }

    public ImageClassifier setReplicas(int count) {
        set(replicas, count);
        return this;
    }

    /** Keys of conf/reference.conf and their values; what the other parameters say lies over them. */
    public ImageClassifier setSettings(Map<String, String> values) {
        String[] lines = new TreeMap<>(values)
                .entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .toArray(String[]::new);
        set(settings, lines);
        return this;
    }

    public ImageClassifier setRunDirectory(String uri) {
        set(runDirectory, uri);
        return this;
    }

    @Override
    public ImageClassifierModel fit(Dataset<?> dataset) {
        Map<String, String> keys = new TreeMap<>();
        for (String line : $(settings)) {
            String[] parts = line.split("=", 2);
            keys.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        put(keys, architecture, "model.architecture");
        put(keys, epochs, "training.epochs");
        put(keys, learningRate, "optimiser.learning-rate");
        put(keys, replicas, "training.replicas");
        Fit fit = new Fit(dataset.toDF(), new Fit.Asked($(columns.image()), $(labelCol), $(runDirectory), keys));
        return copyValues(new ImageClassifierModel(uid, fit.run()), ParamMap.empty())
                .setParent(this);
    }

    private void put(Map<String, String> keys, Param<?> param, String key) {
        if (isSet(param)) {
            keys.put(key, String.valueOf($(param)));
        }
    }

    @Override
    public StructType transformSchema(StructType schema) {
        StructType wider = schema.add($(columns.prediction()), DataTypes.DoubleType);
        if (!$(columns.predictedLabel()).isEmpty()) {
            wider = wider.add($(columns.predictedLabel()), DataTypes.StringType);
        }
        return wider.add($(columns.probability()), SQLDataTypes.VectorType());
    }

    @Override
    public ImageClassifier copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    /** What pipelines read this stage with. */
    public static MLReader<ImageClassifier> read() {
        return new DefaultParamsReader<>();
    }

    public static ImageClassifier load(String path) {
        return read().load(path);
    }
}
