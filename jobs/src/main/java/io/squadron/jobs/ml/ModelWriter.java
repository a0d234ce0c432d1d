package io.squadron.jobs.ml;

import io.squadron.driver.spark.prepare.SparkStorage;
import io.squadron.exchange.ModelFile;
import io.squadron.storage.Storage;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;
import scala.Option;

/** Metadata as all stages of Spark have them, and beside them the network. */
final class ModelWriter extends MLWriter {
    static final String NETWORK = "model.safetensors";

    private final ImageClassifierModel model;

    ModelWriter(ImageClassifierModel model) {
        this.model = model;
    }

    @Override
    public void saveImpl(String path) {
        DefaultParamsWriter.saveMetadata(model, path, sc(), Option.empty(), Option.empty());
        ModelFile.write(SparkStorage.of(sparkSession()), Storage.child(path, NETWORK), model.model());
    }
}
