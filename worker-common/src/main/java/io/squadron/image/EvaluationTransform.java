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
 * @param interpolation how it is resized
 */
public record EvaluationTransform(int resize, int crop, Interpolation interpolation) implements Transform {
    private static final long serialVersionUID = 1L;

    public EvaluationTransform {
        if (crop < 1 || resize < crop) {
            throw Failure.usage(
                    "Cannot crop %d pixels out of images resized to %d (expected 1 <= crop <= resize). "
                            + "Correct the crop or the resize",
                    crop, resize);
        }
    }

    /** Bilinear, as torchvision's presets have it unless they say otherwise. */
    public EvaluationTransform(int resize, int crop) {
        this(resize, crop, Interpolation.BILINEAR);
    }

    /** Where along a side the crop lies. */
    enum Place {
        FIRST,
        MIDDLE,
        LAST;

        int margin(int side, int crop) {
            return switch (this) {
                case FIRST -> 0;
                case MIDDLE -> Crop.margin(side, crop);
                case LAST -> side - crop;
            };
        }
    }

    @Override
    public Image apply(Image image, RandomStream random) {
        return apply(image, Place.MIDDLE, Place.MIDDLE);
    }

    Image apply(Image image, Place acrossIt, Place downIt) {
        Size size = resized(Size.of(image));
        int left = acrossIt.margin(size.width(), crop);
        int top = downIt.margin(size.height(), crop);
        if (size.equals(Size.of(image))) {
            boolean whole = size.height() == crop && size.width() == crop;
            return whole ? image : Crop.at(image, top, left, new Size(crop, crop));
        }
        Kernel across = Kernel.of(interpolation, image.width(), size.width(), 0, image.width());
        Kernel down = Kernel.of(interpolation, image.height(), size.height(), 0, image.height());
        return Resample.by(image.pixels(), image.width(), across.part(left, crop), down.part(top, crop));
    }

    Size resized(Size size) {
        int shorter = Math.min(size.height(), size.width());
        int longer = (int) ((long) resize * Math.max(size.height(), size.width()) / shorter);
        return size.height() <= size.width() ? new Size(resize, longer) : new Size(longer, resize);
    }
}
