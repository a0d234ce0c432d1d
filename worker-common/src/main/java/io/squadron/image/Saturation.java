package io.squadron.image;

import static io.squadron.image.Image.CHANNELS;

import io.squadron.random.RandomStream;

/**
 * Blends every pixel with its own grey g: clamp(f v + (1 - f) g), f uniform in [max(0, 1 - strength), 1 + strength], as
 * torchvision's ColorJitter. Grey images stay as they are.
 *
 * @param strength 0 (nothing) to 10; 0.4 is usual
 */
public record Saturation(double strength) implements Augmentation {
    private static final long serialVersionUID = 1L;

    public Saturation {
        Limits.within("a strength of", strength, 0, 10);
    }

    @Override
    public void onto(Canvas canvas, RandomStream random) {
        double factor = Strength.factor(strength, random);
        canvas.paint((pixels, levels) -> blended(pixels, levels, factor));
    }

    static Image blended(Image image, Levels levels, double factor) {
        byte[] source = image.pixels();
        byte[] pixels = new byte[source.length];
        for (int i = 0; i < pixels.length; i += CHANNELS) {
            int red = levels.of(source[i], 0);
            int green = levels.of(source[i + 1], 1);
            int blue = levels.of(source[i + 2], 2);
            // A half more, then truncated: rounding, at a fraction of the price of rint.
            double grey = (1 - factor) * Grey.of(red, green, blue) + 0.5;
            pixels[i] = level(factor * red + grey);
            pixels[i + 1] = level(factor * green + grey);
            pixels[i + 2] = level(factor * blue + grey);
        }
        return new Image(image.height(), image.width(), pixels);
    }

    private static byte level(double value) {
        return (byte) Math.min(255, Math.max(0, (int) value));
    }
}
