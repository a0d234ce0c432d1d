package io.squadron.jobs.ml;

import io.squadron.driver.spark.prepare.SparkStorage;
import io.squadron.exchange.ModelFile;
import io.squadron.storage.Storage;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import scala.Option;

/** Reads what {@link ModelWriter} has written. */
final class ModelReader extends MLReader<ImageClassifierModel> {
    @Override
    public ImageClassifierModel load(String path) {
        DefaultParamsReader.Metadata metadata =
                DefaultParamsReader.loadMetadata(path, sc(), ImageClassifierModel.class.getName());
        ImageClassifierModel model = new ImageClassifierModel(
                metadata.uid(),
                ModelFile.read(SparkStorage.of(sparkSession()), Storage.child(path, ModelWriter.NETWORK)));
        metadata.getAndSetParams(model, Option.empty());
        return model;
    }
}
