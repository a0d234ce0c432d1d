package io.squadron.jobs.compose;

import io.squadron.driver.checkpoint.ModelSource;
import io.squadron.driver.spark.predict.PredictJob;
import io.squadron.driver.spark.predict.PredictSettings;
import io.squadron.driver.spark.predict.PredictionCounts;
import io.squadron.engine.Engines;
import io.squadron.exchange.PortableModel;
import io.squadron.jobs.config.JobConfig;
import java.util.Locale;
import java.util.function.Consumer;

/** The job predict: a trained model looks at images. */
public record Predicting(Cluster cluster, JobConfig config) {
    /** Predicts what is not predicted yet; {@code progress} hears what is being done. */
    public PredictionCounts run(String model, String source, String out, Consumer<String> progress) {
        PortableModel trained = new ModelSource(cluster.storage()).load(model);
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
        return new PredictJob(cluster.session(), cluster.storage(), settings, trained, name(model, trained))
                .run(engine, progress);
    }

    /** What people call it: the run, the checkpoint or the file, with the step of a run's checkpoint. */
    private static String name(String uri, PortableModel model) {
        String last = uri.replaceFirst("/+$", "").replaceFirst(".*/", "");
        String step = model.provenance().get("step");
        return step == null || last.startsWith("step-") ? last : last + "/step-" + step;
    }
}
