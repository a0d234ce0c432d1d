package io.squadron.image;

import static io.squadron.image.Image.CHANNELS;

import io.squadron.random.RandomStream;

/**
 * Blends every pixel with its own grey g: clamp(f v + (1 - f) g), f uniform in [max(0, 1 - strength), 1 + strength], as
 * torchvision's ColorJitter. Grey images stay as they are.
 */
public record Saturation(double strength) implements Augmentation {
    private static final long serialVersionUID = 1L;

    public Saturation {
        Limits.within("a strength of", strength, 0, 10);
    }

    @Override
    public Image apply(Image image, RandomStream random) {
        double factor = Strength.factor(strength, random);
        byte[] source = image.pixels();
        byte[] pixels = new byte[source.length];
        for (int i = 0; i < pixels.length; i += CHANNELS) {
            // A half more, then truncated: rounding, at a fraction of the price of rint.
            double grey = (1 - factor) * Levels.grey(source, i) + 0.5;
            for (int c = i; c < i + CHANNELS; c++) {
                pixels[c] = Levels.clamp(factor * (source[c] & 0xFF) + grey);
            }
        }
        return new Image(image.height(), image.width(), pixels);
    }
}
