package io.squadron.driver.spark.predict;

import io.squadron.engine.Engines;
import io.squadron.engine.Images;
import io.squadron.engine.Normalisation;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.exchange.ModelFacts;
import io.squadron.exchange.PortableModel;
import io.squadron.image.Decoder;
import io.squadron.image.EvaluationTransform;
import io.squadron.image.Image;
import io.squadron.image.Interpolation;
import io.squadron.model.AuxiliaryHeads;
import io.squadron.model.Head;
import io.squadron.model.Initialisation;
import io.squadron.model.ModelOptions;
import io.squadron.model.Variation;
import io.squadron.model.Weights;
import io.squadron.random.RandomStream;
import java.util.List;
import java.util.Map;

/** A small model, and what it says of one image when nothing stands between the two: no Spark, no batches. */
public final class Onlooker {
    static final String ENGINE = Engines.named(Engines.AUTO).name();

    private Onlooker() {}

    /** An untrained resnet18 for images of 32 pixels; {@code seed} makes it another. */
    public static PortableModel model(long seed) {
        ModelFacts facts = new ModelFacts(
                "resnet18",
                ModelOptions.Stem.SMALL,
                AuxiliaryHeads.NONE,
                Head.linear(),
                Variation.none(),
                List.of("circle", "square", "star"),
                36,
                32,
                Interpolation.BILINEAR,
                Normalisation.unit(3));
        Weights weights = Initialisation.HE_NORMAL_FAN_IN.weights(facts.spec(), seed);
        return new PortableModel(facts, weights, Map.of());
    }

    /** Index of the likeliest class and its logit minus that of the last class. */
    static int best(PortableModel model, byte[] file) {
        ModelFacts facts = model.facts();
        Image image = new EvaluationTransform(facts.resize(), facts.size(), facts.interpolation())
                .apply(Decoder.standard().decode(file), RandomStream.of(0, "none", 0, 0));
        try (Session session = Engines.named(ENGINE)
                .open(facts.spec(), model.weights(), SessionOptions.plain().withNormalisation(facts.normalisation()))) {
            float[] logits = session.infer(new Images.Bytes(image.pixels(), 1, image.height(), image.width(), 3));
            int best = 0;
            for (int i = 1; i < logits.length; i++) {
                best = logits[i] > logits[best] ? i : best;
            }
            return best;
        }
    }
}
