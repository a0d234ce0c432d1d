package io.squadron.image;

import io.squadron.random.RandomStream;
import java.util.List;

/**
 * What happens to an image in training. First it is brought to {@code size} x {@code size}: by a {@link RandomResizedCrop}
 * when the list begins with one, else as in evaluation (shorter side to size, antialiased, then the middle). Then come the
 * augmentations in their order, each keeping the size. The first step and the {@link Geometric} ones right behind it are one
 * sampling; a crop that is at most shifted and mirrored is exactly {@link Picture#cut}.
 *
 * @param size side of the result, in pixels
 * @param interpolation how an image is brought to its size where no {@link RandomResizedCrop} begins; those are bilinear
 */
public record TrainingTransform(List<Augmentation> augmentations, int size, Interpolation interpolation)
        implements Transform {
    private static final long serialVersionUID = 1L;

    public TrainingTransform {
        augmentations = List.copyOf(augmentations);
        Limits.within("an image size of", size, 1, 16384);
    }

    /** Bilinear. */
    public TrainingTransform(List<Augmentation> augmentations, int size) {
        this(augmentations, size, Interpolation.BILINEAR);
    }

    @Override
    public Image apply(Image image, RandomStream random) {
        return apply(Picture.of(image), random);
    }

    @Override
    public Image apply(Picture picture, RandomStream random) {
        Size square = new Size(size, size);
        boolean cropped = !augmentations.isEmpty() && augmentations.get(0) instanceof RandomResizedCrop;
        Frame frame = cropped
                ? new Frame.Cut(picture, ((RandomResizedCrop) augmentations.get(0)).box(picture.size(), random), square)
                : new Frame.Evaluated(picture, square, interpolation);
        Canvas canvas = Canvas.on(frame);
        for (Augmentation each : augmentations.subList(cropped ? 1 : 0, augmentations.size())) {
            each.onto(canvas, random);
        }
        return canvas.image();
    }
}
