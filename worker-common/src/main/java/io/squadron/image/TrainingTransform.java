package io.squadron.image;

import io.squadron.random.RandomStream;
import java.util.List;

/**
 * What happens to an image in training. First it is brought to {@code size} x {@code size}: by a {@link RandomResizedCrop}
 * when the list begins with one, else as in evaluation (shorter side to size, antialiased, then the middle). Then come the
 * augmentations in their order, each keeping the size.
 *
 * @param size side of the result, in pixels
 */
public record TrainingTransform(List<Augmentation> augmentations, int size) implements Transform {
    private static final long serialVersionUID = 1L;

    public TrainingTransform {
        augmentations = List.copyOf(augmentations);
        Limits.within("an image size of", size, 1, 16384);
    }

    @Override
    public Image apply(Image image, RandomStream random) {
        return apply(Picture.of(image), random);
    }

    @Override
    public Image apply(Picture picture, RandomStream random) {
        Image result;
        int next = 0;
        if (!augmentations.isEmpty() && augmentations.get(0) instanceof RandomResizedCrop crop) {
            result = crop.to(picture, new Size(size, size), random);
            next = 1;
        } else {
            result = new EvaluationTransform(size, size).apply(picture, random);
        }
        for (Augmentation each : augmentations.subList(next, augmentations.size())) {
            result = each.apply(result, random);
        }
        return result;
    }
}
