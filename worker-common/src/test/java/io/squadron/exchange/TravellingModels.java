package io.squadron.exchange;

import io.squadron.engine.Images;
import io.squadron.engine.Normalisation;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.engine.onednn.OnednnEngine;
import io.squadron.image.Interpolation;
import io.squadron.model.AuxiliaryHeads;
import io.squadron.model.Head;
import io.squadron.model.Initialisation;
import io.squadron.model.ModelOptions;
import io.squadron.model.Role;
import io.squadron.model.Slice;
import io.squadron.model.Variation;
import io.squadron.model.Weights;
import io.squadron.random.RandomStream;
import java.util.List;
import java.util.Map;

/** Models of random weights, with running statistics that do something, for the tests of exports. */
public final class TravellingModels {
    public static final int SIZE = 64;
    private static final long SEED = 11;

    private TravellingModels() {}

    public static PortableModel of(String architecture) {
        return of(architecture, Head.linear(), SIZE);
    }

    public static PortableModel of(String architecture, Head head, int size) {
        ModelFacts facts = new ModelFacts(
                architecture,
                ModelOptions.Stem.STANDARD,
                AuxiliaryHeads.PUBLISHED,
                head,
                Variation.none(),
                List.of("cat", "dog", "fée"),
                size + 8,
                size,
                Interpolation.BICUBIC,
                new Normalisation(List.of(0.1f, 0.2f, 0.3f), List.of(0.4f, 0.5f, 0.6f)));
        Weights weights = Initialisation.HE_NORMAL_FAN_OUT.weights(facts.spec(), SEED);
        weights.layout().slices().forEach(slice -> stir(weights.values(), slice));
        return new PortableModel(facts, weights, Map.of("run", "runs/first"));
    }

    private static void stir(float[] values, Slice slice) {
        if (slice.role() == Role.CONVOLUTION_WEIGHT || slice.role() == Role.DENSE_WEIGHT) {
            return;
        }
        RandomStream random = RandomStream.of(SEED, "stir " + slice.name());
        boolean positive = slice.role() == Role.NORM_SCALE || slice.role() == Role.RUNNING_VARIANCE;
        for (int i = slice.offset(); i < slice.end(); i++) {
            values[i] = (float) (positive ? random.between(0.6, 1.4) : random.between(-0.3, 0.3));
        }
    }

    /** Some pictures. // [count, size, size, 3] */
    public static byte[] pixels(int count, int size) {
        RandomStream random = RandomStream.of(SEED, "pixels");
        byte[] pixels = new byte[count * size * size * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) random.nextInt(256);
        }
        return pixels;
    }

    /** The same, normalised, as networks want it. // [count, 3, size, size] */
    public static float[] planes(ModelFacts facts, byte[] pixels) {
        int area = facts.size() * facts.size();
        float[] planes = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            int channel = i % 3;
            int image = i / (3 * area);
            float value = (pixels[i] & 255) / 255f;
            planes[(image * 3 + channel) * area + i / 3 % area] =
                    (value - facts.normalisation().mean().get(channel))
                            / facts.normalisation().deviation().get(channel);
        }
        return planes;
    }

    /** What our own engine gives. // [count, classes] */
    public static float[] logits(PortableModel model, byte[] pixels, int count) {
        int size = model.facts().size();
        SessionOptions options =
                SessionOptions.plain().withNormalisation(model.facts().normalisation());
        try (Session session = new OnednnEngine().open(model.facts().spec(), model.weights(), options)) {
            return session.infer(new Images.Bytes(pixels, count, size, size, 3));
        }
    }
}
