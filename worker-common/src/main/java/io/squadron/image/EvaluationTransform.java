package io.squadron.image;

import io.squadron.failure.Failure;
import io.squadron.random.RandomStream;

/**
 * What torchvision's classification presets do to an image in evaluation: the shorter side to {@code resize} pixels, the
 * other to int(resize * long / short), antialiased; then the {@code crop} x {@code crop} pixels in the middle, an odd
 * margin rounded half to even. Asks for no randomness. Leaves an image of the right size as it is.
 *
 * @param resize length of the shorter side, in pixels
 * @param crop side of the result, in pixels, at most {@code resize}
 */
public record EvaluationTransform(int resize, int crop) implements Transform {
    private static final long serialVersionUID = 1L;

    public EvaluationTransform {
        if (crop < 1 || resize < crop) {
            throw Failure.usage(
                    "Cannot crop %d pixels out of images resized to %d (expected 1 <= crop <= resize). "
                            + "Correct the crop or the resize",
                    crop, resize);
        }
    }

    @Override
    public Image apply(Image image, RandomStream random) {
        return Crop.center(Resample.to(image, resized(Size.of(image))), crop);
    }

    Size resized(Size size) {
        int shorter = Math.min(size.height(), size.width());
        int longer = (int) ((long) resize * Math.max(size.height(), size.width()) / shorter);
        return size.height() <= size.width() ? new Size(resize, longer) : new Size(longer, resize);
    }
}
