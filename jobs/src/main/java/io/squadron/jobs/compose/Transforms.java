package io.squadron.jobs.compose;

import io.squadron.image.Augmentation;
import io.squadron.image.Brightness;
import io.squadron.image.Contrast;
import io.squadron.image.Erasing;
import io.squadron.image.EvaluationTransform;
import io.squadron.image.GaussianNoise;
import io.squadron.image.HorizontalFlip;
import io.squadron.image.PaddedCrop;
import io.squadron.image.RandomResizedCrop;
import io.squadron.image.Rotation;
import io.squadron.image.Saturation;
import io.squadron.image.TrainingTransform;
import io.squadron.image.VerticalFlip;
import io.squadron.image.Zoom;
import io.squadron.jobs.config.AugmentConfig;
import io.squadron.jobs.config.InputConfig;
import java.util.ArrayList;
import java.util.List;

/** From the words of the configuration to what happens to an image: geometry first, then colour, noise and erasing. */
final class Transforms {
    private Transforms() {}

    static EvaluationTransform evaluation(InputConfig input) {
        return new EvaluationTransform(input.resize(), input.size(), input.interpolation());
    }

    static TrainingTransform training(AugmentConfig augment, int size) {
        List<Augmentation> all = new ArrayList<>();
        switch (augment.crop()) {
            case RESIZED ->
                all.add(new RandomResizedCrop(augment.cropScaleMin(), augment.cropScaleMax(), 3 / 4.0, 4 / 3.0));
            case PADDED -> all.add(new PaddedCrop(augment.cropPadding()));
            case NONE -> {}
        }
        add(all, augment.horizontalFlip(), new HorizontalFlip(augment.horizontalFlip()));
        add(all, augment.verticalFlip(), new VerticalFlip(augment.verticalFlip()));
        add(all, augment.rotateDegrees(), new Rotation(augment.rotateDegrees()));
        add(all, augment.zoom(), new Zoom(1, 1 + augment.zoom()));
        add(all, augment.brightness(), new Brightness(augment.brightness()));
        add(all, augment.contrast(), new Contrast(augment.contrast()));
        add(all, augment.saturation(), new Saturation(augment.saturation()));
        add(all, augment.noise(), new GaussianNoise(255 * augment.noise()));
        add(all, augment.erase(), new Erasing(augment.erase(), 0.02, 0.33, 0.3, 3.3));
        return new TrainingTransform(all, size);
    }

    private static void add(List<Augmentation> all, double strength, Augmentation augmentation) {
        if (strength > 0) {
            all.add(augmentation);
        }
    }
}
