package io.squadron.jobs.compose;

import io.squadron.driver.spark.predict.PredictJob;
import io.squadron.driver.spark.predict.PredictSettings;
import io.squadron.driver.spark.predict.PredictionCounts;
import io.squadron.engine.Engines;
import io.squadron.jobs.config.JobConfig;
import java.util.Locale;
import java.util.function.Consumer;

/** The job predict: a trained model looks at images. */
public record Predicting(Cluster cluster, JobConfig config) {
    /** Predicts what is not predicted yet; {@code progress} hears what is being done. */
    public PredictionCounts run(String model, String source, String out, Consumer<String> progress) {
        TrainedModel trained = TrainedModel.load(cluster.storage(), model);
        PredictSettings settings = new PredictSettings(
                source,
                config.predict().format(),
                config.predict().imageColumn(),
                out,
                config.predict().top(),
                config.prepare().maxPixels(),
                config.predict().pieceSize().count());
        String engine = Engines.named(config.training().engine().name().toLowerCase(Locale.ROOT))
                .name();
        return new PredictJob(cluster.session(), cluster.storage(), settings, trained.model(), trained.name())
                .run(engine, progress);
    }
}
