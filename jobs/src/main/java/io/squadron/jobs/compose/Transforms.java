package io.squadron.jobs.compose;

import io.squadron.image.AugMix;
import io.squadron.image.Augmentation;
import io.squadron.image.Brightness;
import io.squadron.image.Contrast;
import io.squadron.image.Erasing;
import io.squadron.image.EvaluationTransform;
import io.squadron.image.GaussianBlur;
import io.squadron.image.GaussianNoise;
import io.squadron.image.Grayscale;
import io.squadron.image.HorizontalFlip;
import io.squadron.image.Hue;
import io.squadron.image.JpegCompression;
import io.squadron.image.PaddedCrop;
import io.squadron.image.Perspective;
import io.squadron.image.RandAugment;
import io.squadron.image.RandomResizedCrop;
import io.squadron.image.Rotation;
import io.squadron.image.SaltAndPepper;
import io.squadron.image.Saturation;
import io.squadron.image.Sharpness;
import io.squadron.image.Shear;
import io.squadron.image.TrainingTransform;
import io.squadron.image.TrivialAugment;
import io.squadron.image.VerticalFlip;
import io.squadron.image.Zoom;
import io.squadron.jobs.config.AugmentConfig;
import io.squadron.jobs.config.InputConfig;
import io.squadron.jobs.config.PolicyConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * From the words of the configuration to what happens to an image, in the order of conf/reference.conf: moves of pixels
 * first, because those that follow each other are one sampling, then colours, noise, compression and erasing.
 */
final class Transforms {
    private static final double SMALLEST_SIGMA = 0.1;
    private static final int BEST_QUALITY = 95;

    private Transforms() {}

    /**
     * One augmentation that is switched on.
     *
     * @param key what switches it on, below {@code augment}
     * @param setting its keys with their values
     */
    record Step(String key, String setting, Augmentation augmentation) {}

    static EvaluationTransform evaluation(InputConfig input) {
        return new EvaluationTransform(input.resize(), input.size(), input.interpolation());
    }

    static TrainingTransform training(AugmentConfig augment, InputConfig input) {
        return training(augment, input, input.size());
    }

    /** The same for inputs of another size. */
    static TrainingTransform training(AugmentConfig augment, InputConfig input, int size) {
        List<Augmentation> all = steps(augment).stream().map(Step::augmentation).toList();
        return new TrainingTransform(all, size, input.interpolation());
    }

    /** What is switched on, in its order. */
    static List<Step> steps(AugmentConfig augment) {
        List<Step> steps = new ArrayList<>();
        move(steps, augment);
        policy(steps, augment.policy());
        colour(steps, augment);
        spoil(steps, augment);
        return steps;
    }

    private static void move(List<Step> steps, AugmentConfig augment) {
        double low = augment.cropScaleMin();
        double high = augment.cropScaleMax();
        switch (augment.crop()) {
            case RESIZED ->
                steps.add(new Step(
                        "crop",
                        "crop = resized, crop-scale-min = %s, crop-scale-max = %s".formatted(low, high),
                        new RandomResizedCrop(low, high, 3 / 4.0, 4 / 3.0)));
            case PADDED ->
                steps.add(new Step(
                        "crop",
                        "crop = padded, crop-padding = " + augment.cropPadding(),
                        new PaddedCrop(augment.cropPadding())));
            case NONE -> {}
        }
        add(steps, "horizontal-flip", augment.horizontalFlip(), new HorizontalFlip(augment.horizontalFlip()));
        add(steps, "vertical-flip", augment.verticalFlip(), new VerticalFlip(augment.verticalFlip()));
        add(steps, "rotate-degrees", augment.rotateDegrees(), new Rotation(augment.rotateDegrees()));
        add(steps, "zoom", augment.zoom(), new Zoom(1, 1 + augment.zoom()));
        add(steps, "shear-degrees", augment.shearDegrees(), new Shear(augment.shearDegrees()));
        add(steps, "perspective", augment.perspective(), new Perspective(augment.perspective()));
    }

    private static void policy(List<Step> steps, PolicyConfig policy) {
        String name = "policy.name = ";
        switch (policy.name()) {
            case RAND_AUGMENT ->
                steps.add(new Step(
                        "policy.name",
                        name
                                + "rand-augment, policy.operations = %d, policy.magnitude = %d"
                                        .formatted(policy.operations(), policy.magnitude()),
                        new RandAugment(policy.operations(), policy.magnitude())));
            case TRIVIAL_AUGMENT -> steps.add(new Step("policy.name", name + "trivial-augment", new TrivialAugment()));
            case AUG_MIX ->
                steps.add(new Step(
                        "policy.name",
                        name + "aug-mix, policy.severity = " + policy.severity(),
                        new AugMix(policy.severity())));
            case NONE -> {}
        }
    }

    private static void colour(List<Step> steps, AugmentConfig augment) {
        add(steps, "brightness", augment.brightness(), new Brightness(augment.brightness()));
        add(steps, "contrast", augment.contrast(), new Contrast(augment.contrast()));
        add(steps, "saturation", augment.saturation(), new Saturation(augment.saturation()));
        add(steps, "hue", augment.hue(), new Hue(augment.hue()));
        add(steps, "grayscale", augment.grayscale(), new Grayscale(augment.grayscale()));
    }

    private static void spoil(List<Step> steps, AugmentConfig augment) {
        add(steps, "sharpness", augment.sharpness(), new Sharpness(augment.sharpness()));
        if (augment.blur() > 0) {
            steps.add(new Step(
                    "blur",
                    "blur = %s, blur-sigma = %s".formatted(augment.blur(), augment.blurSigma()),
                    new GaussianBlur(augment.blur(), SMALLEST_SIGMA, augment.blurSigma())));
        }
        add(steps, "noise", augment.noise(), new GaussianNoise(255 * augment.noise()));
        add(steps, "salt", augment.salt(), new SaltAndPepper(augment.salt()));
        if (augment.jpeg() > 0) {
            steps.add(new Step(
                    "jpeg",
                    "jpeg = %s, jpeg-quality = %s".formatted(augment.jpeg(), augment.jpegQuality()),
                    new JpegCompression(augment.jpeg(), augment.jpegQuality(), BEST_QUALITY)));
        }
        add(steps, "erase", augment.erase(), Erasing.standard(augment.erase()));
    }

    private static void add(List<Step> steps, String key, double strength, Augmentation augmentation) {
        if (strength > 0) {
            steps.add(new Step(key, key + " = " + strength, augmentation));
        }
    }
}
