package io.squadron.jobs.config;

import java.io.Serializable;
import java.util.List;

/** Random changes to training images; 0 is off. */
public record AugmentConfig(
        Crop crop,
        int cropPadding,
        double cropScaleMin,
        double cropScaleMax,
        double horizontalFlip,
        double verticalFlip,
        double rotateDegrees,
        double zoom,
        double brightness,
        double contrast,
        double saturation,
        double noise,
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
        checks.atLeast("crop-padding", cropPadding, 0);
        checks.that(cropScaleMin > 0 && cropScaleMin <= 1, "crop-scale-min", "above 0 and at most 1");
        checks.that(cropScaleMax > 0 && cropScaleMax <= 1, "crop-scale-max", "above 0 and at most 1");
        checks.together(
                cropScaleMin <= cropScaleMax,
                List.of("crop-scale-min", "crop-scale-max"),
                "the smallest share not to exceed the largest");
        checks.within("horizontal-flip", horizontalFlip, 0, 1);
        checks.within("vertical-flip", verticalFlip, 0, 1);
        checks.within("rotate-degrees", rotateDegrees, 0, 180);
        checks.within("zoom", zoom, 0, 1);
        checks.within("brightness", brightness, 0, 1);
        checks.within("contrast", contrast, 0, 1);
        checks.within("saturation", saturation, 0, 1);
        checks.within("noise", noise, 0, 1);
        checks.within("erase", erase, 0, 1);
    }
}
