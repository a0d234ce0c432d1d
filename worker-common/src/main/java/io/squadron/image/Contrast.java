package io.squadron.image;

import io.squadron.random.RandomStream;

/**
 * Blends with the image's mean grey g: clamp(f v + (1 - f) g), f uniform in [max(0, 1 - strength), 1 + strength], as
 * torchvision's ColorJitter.
 *
 * @param strength 0 (nothing) to 10; 0.4 is usual
 */
public record Contrast(double strength) implements Augmentation {
    private static final long serialVersionUID = 1L;

    public Contrast {
        Limits.within("a strength of", strength, 0, 10);
    }

    @Override
    public void onto(Canvas canvas, RandomStream random) {
        change(canvas, Strength.factor(strength, random));
    }

    static void change(Canvas canvas, double factor) {
        Image pixels = canvas.pixels();
        canvas.level(Levels.blend(factor, canvas.levels().meanGrey(pixels)));
    }
}
