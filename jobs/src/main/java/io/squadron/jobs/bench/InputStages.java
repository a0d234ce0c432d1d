package io.squadron.jobs.bench;

import io.squadron.engine.Normalisation;
import io.squadron.image.Brightness;
import io.squadron.image.Contrast;
import io.squadron.image.Decoder;
import io.squadron.image.EvaluationTransform;
import io.squadron.image.HorizontalFlip;
import io.squadron.image.Image;
import io.squadron.image.Picture;
import io.squadron.image.RandomResizedCrop;
import io.squadron.image.Saturation;
import io.squadron.image.TrainingTransform;
import io.squadron.image.Transform;
import io.squadron.random.RandomStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Milliseconds of one thread's CPU time for each picture and stage, by the fastest of some rounds over all pictures. */
final class InputStages {
    /** Everything, from the bytes of a file to normalised numbers: what is held against other libraries. */
    static final String ALL = "decode + augment + lay out";

    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private final Decoder decoder = Decoder.standard();
    private final Transform crop = new TrainingTransform(List.of(RandomResizedCrop.standard()), InputQuestion.SIZE);
    private final Transform augment = new TrainingTransform(
            List.of(new HorizontalFlip(0.5), new Brightness(0.4), new Contrast(0.4), new Saturation(0.4)),
            InputQuestion.SIZE);
    private final Transform evaluation = new EvaluationTransform(256, InputQuestion.SIZE);
    private final float[][] levels =
            levels(new Normalisation(List.of(0.485f, 0.456f, 0.406f), List.of(0.229f, 0.224f, 0.225f)));
    private final float[] laidOut = new float[InputQuestion.SIZE * InputQuestion.SIZE * Image.CHANNELS];

    private static float[][] levels(Normalisation normalisation) {
        float[][] levels = new float[Image.CHANNELS][256];
        for (int c = 0; c < Image.CHANNELS; c++) {
            for (int i = 0; i < 256; i++) {
                levels[c][i] = (i / 255f - normalisation.mean().get(c))
                        / normalisation.deviation().get(c);
            }
        }
        return levels;
    }

    Map<String, Double> of(List<byte[]> files, int rounds) {
        List<Image> decoded = new ArrayList<>();
        List<Image> cropped = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            decoded.add(i < 8 ? decoder.decode(files.get(i)) : decoded.get(i % 8));
            cropped.add(crop.apply(decoder.open(files.get(i)), random(i)));
        }
        Map<String, IntConsumer> stages = new LinkedHashMap<>();
        stages.put("decode whole", i -> decoder.decode(files.get(i)));
        stages.put("resample a random crop of it", i -> crop.apply(Picture.of(decoded.get(i)), random(i)));
        stages.put("decode only the crop, resampled", i -> crop.apply(decoder.open(files.get(i)), random(i)));
        stages.put("augment: flip, brightness, contrast, saturation", i -> augment.apply(cropped.get(i), random(i)));
        stages.put("lay out, normalised", i -> layOut(cropped.get(i)));
        stages.put(
                "evaluation: resize 256, crop 224, after decoding", i -> evaluation.apply(decoded.get(i), random(i)));
        stages.put(ALL, i -> all(files.get(i), random(i)));
        Map<String, Double> fastest = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            stages.forEach((name, stage) -> fastest.merge(name, time(stage, files.size()), Math::min));
        }
        return fastest;
    }

    private static RandomStream random(int picture) {
        return RandomStream.of(InputQuestion.SEED, "augment", picture);
    }

    private void all(byte[] file, RandomStream random) {
        layOut(augment.apply(crop.apply(decoder.open(file), random), random));
    }

    private void layOut(Image image) {
        byte[] pixels = image.pixels();
        int plane = pixels.length / Image.CHANNELS;
        for (int c = 0; c < Image.CHANNELS; c++) {
            float[] level = levels[c];
            for (int i = 0; i < plane; i++) {
                laidOut[c * plane + i] = level[pixels[i * Image.CHANNELS + c] & 0xFF];
            }
        }
    }

    private static double time(IntConsumer stage, int count) {
        long began = CLOCK.getCurrentThreadCpuTime();
        for (int i = 0; i < count; i++) {
            stage.accept(i);
        }
        return (CLOCK.getCurrentThreadCpuTime() - began) / 1e6 / count;
    }
}
