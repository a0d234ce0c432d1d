package io.squadron.driver.spark.predict;

import io.squadron.driver.spark.LocalSpark;
import io.squadron.engine.Compute;
import io.squadron.engine.Engines;
import io.squadron.engine.Entrance;
import io.squadron.engine.Images;
import io.squadron.engine.Normalisation;
import io.squadron.engine.Precision;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.exchange.ModelFacts;
import io.squadron.exchange.PortableModel;
import io.squadron.image.Encoder;
import io.squadron.image.Image;
import io.squadron.image.Interpolation;
import io.squadron.image.synthetic.Domain;
import io.squadron.image.synthetic.Scenes;
import io.squadron.model.AuxiliaryHeads;
import io.squadron.model.Head;
import io.squadron.model.Initialisation;
import io.squadron.model.ModelOptions;
import io.squadron.model.Variation;
import io.squadron.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Images a second of the engine alone, on images that are there already, beside those of a table of JPEG files that become
 * predictions; in turns in one process. Arguments: folder, images, rounds, architecture. No test: docs/results/predict.md.
 */
public final class PredictRate {
    private static final double BILLION = 1e9;

    private PredictRate() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        int count = Integer.parseInt(arguments[1]);
        draw(folder, count);
        ModelFacts facts = new ModelFacts(
                arguments[3],
                ModelOptions.Stem.STANDARD,
                AuxiliaryHeads.NONE,
                Head.linear(),
                Variation.none(),
                List.of("a", "b", "c"),
                256,
                224,
                Interpolation.BILINEAR,
                Normalisation.unit(3));
        PortableModel model =
                new PortableModel(facts, Initialisation.HE_NORMAL_FAN_IN.weights(facts.spec(), 1), Map.of());
        Storage storage = Storage.of(Map.of());
        PredictSettings settings = new PredictSettings(folder.toString(), "images", "", "", 3, 64_000_000, 64L << 20);
        SourceTable source = SourceTable.open(LocalSpark.session(), storage, settings);
        Dataset<Row> files = source.rows().coalesce(2);
        TableAnswer answer = new TableAnswer(
                files.schema(),
                ImageColumn.of(files.schema(), "", source.base()),
                new TableAnswer.Labels(facts.classes(), 3),
                "m",
                List.of("p0", "p1"),
                source.kind());
        int cores = Runtime.getRuntime().availableProcessors();
        try (Predictor predictor = new Predictor(LocalSpark.session(), storage, model, Onlooker.ENGINE, 64_000_000);
                Session session = Engines.named(Onlooker.ENGINE)
                        .open(
                                facts.spec(),
                                model.weights(),
                                SessionOptions.plain().with(new Compute(cores, Precision.FLOAT32)))) {
            for (int round = 0; round <= Integer.parseInt(arguments[2]); round++) {
                double engine = engine(session, facts, count);
                double table = table(predictor.of(files, answer.image(), answer, new BitSet()), count);
                System.out.printf(
                        "%s engine alone %.2f, table %.2f images/s: %.3f%n",
                        round == 0 ? "warm-up" : "round " + round, engine, table, table / engine);
            }
        }
        LocalSpark.stop();
    }

    private static double engine(Session session, ModelFacts facts, int count) {
        int batch = Entrance.atOnce(facts.spec().input());
        byte[] values = new byte[batch * 224 * 224 * 3];
        long begin = System.nanoTime();
        int batches = (count + batch - 1) / batch;
        for (int i = 0; i < batches; i++) {
            session.infer(new Images.Bytes(values, batch, 224, 224, 3));
        }
        return batches * batch / ((System.nanoTime() - begin) / BILLION);
    }

    private static double table(Dataset<Row> predictions, int count) {
        long begin = System.nanoTime();
        predictions.write().format("noop").mode("overwrite").save();
        return count / ((System.nanoTime() - begin) / BILLION);
    }

    /** Scenes of 500 x 375 pixels, side by side. */
    private static void draw(Path folder, int count) throws IOException {
        Scenes scenes = new Scenes(5, Domain.SUNNY, 125);
        for (int i = 0; i < count; i++) {
            byte[] pixels = new byte[375 * 500 * 3];
            for (int tile = 0; tile < 12; tile++) {
                Image scene = scenes.draw(tile % 3, i * 12 + tile);
                for (int row = 0; row < 125; row++) {
                    int at = ((tile / 4 * 125 + row) * 500 + tile % 4 * 125) * 3;
                    System.arraycopy(scene.pixels(), row * 125 * 3, pixels, at, 125 * 3);
                }
            }
            Files.write(folder.resolve("%05d.jpg".formatted(i)), Encoder.jpeg(new Image(375, 500, pixels), 90));
        }
    }
}
