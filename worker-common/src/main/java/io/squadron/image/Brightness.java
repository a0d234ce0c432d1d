package io.squadron.image;

import io.squadron.random.RandomStream;

/**
 * Multiplies every value by a factor uniform in [max(0, 1 - strength), 1 + strength], clamped: torchvision's ColorJitter.
 *
 * @param strength 0 (nothing) to 10; 0.4 is usual
 */
public record Brightness(double strength) implements Augmentation {
    private static final long serialVersionUID = 1L;

    public Brightness {
        Limits.within("a strength of", strength, 0, 10);
    }

    @Override
    public void onto(Canvas canvas, RandomStream random) {
        canvas.level(Levels.blend(Strength.factor(strength, random), 0));
    }
}
