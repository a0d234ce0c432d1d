package io.squadron.jobs.config;

import java.io.Serializable;
import java.util.List;

/** Random changes to training images, in the order in which they are made; 0 is off. */
public record AugmentConfig(
        Crop crop,
        int cropPadding,
        double cropScaleMin,
        double cropScaleMax,
        double horizontalFlip,
        double verticalFlip,
        double rotateDegrees,
        double zoom,
        double shearDegrees,
        double perspective,
        PolicyConfig policy,
        double brightness,
        double contrast,
        double saturation,
        double hue,
        double grayscale,
        double sharpness,
        double blur,
        double blurSigma,
        double noise,
        double salt,
        double jpeg,
        int jpegQuality,
        double erase)
        implements Checked, Serializable {
    /** How the input is cut out of the image. */
    public enum Crop {
        NONE,
        PADDED,
        RESIZED
    }

    @Override
    public void check(Checks checks) {
        checks.within("crop-padding", cropPadding, 0, 1024);
        checks.that(cropScaleMin > 0 && cropScaleMin <= 1, "crop-scale-min", "above 0 and at most 1");
        checks.that(cropScaleMax > 0 && cropScaleMax <= 1, "crop-scale-max", "above 0 and at most 1");
        checks.together(
                cropScaleMin <= cropScaleMax,
                List.of("crop-scale-min", "crop-scale-max"),
                "the smallest share not to exceed the largest");
        checks.within("rotate-degrees", rotateDegrees, 0, 180);
        checks.within("shear-degrees", shearDegrees, 0, 60);
        checks.within("perspective", perspective, 0, 0.9);
        checks.within("hue", hue, 0, 0.5);
        checks.within("blur-sigma", blurSigma, 0.1, 20);
        checks.within("jpeg-quality", jpegQuality, 1, 95);
        checkShares(checks);
    }

    /** Shares and probabilities. */
    private void checkShares(Checks checks) {
        checks.within("horizontal-flip", horizontalFlip, 0, 1);
        checks.within("vertical-flip", verticalFlip, 0, 1);
        checks.within("zoom", zoom, 0, 1);
        checks.within("brightness", brightness, 0, 1);
        checks.within("contrast", contrast, 0, 1);
        checks.within("saturation", saturation, 0, 1);
        checks.within("grayscale", grayscale, 0, 1);
        checks.within("sharpness", sharpness, 0, 1);
        checks.within("blur", blur, 0, 1);
        checks.within("noise", noise, 0, 1);
        checks.within("salt", salt, 0, 1);
        checks.within("jpeg", jpeg, 0, 1);
        checks.within("erase", erase, 0, 1);
    }
}
