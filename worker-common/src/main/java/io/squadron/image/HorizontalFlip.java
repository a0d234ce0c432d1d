package io.squadron.image;

import static io.squadron.image.Image.CHANNELS;

import io.squadron.random.RandomStream;

/** Mirrors left and right with probability p (Krizhevsky et al. 2012 use 0.5). Nothing comes in from outside. */
public record HorizontalFlip(double p) implements Augmentation {
    private static final long serialVersionUID = 1L;

    public HorizontalFlip {
        Limits.within("a flip's probability", p, 0, 1);
    }

    @Override
    public Image apply(Image image, RandomStream random) {
        if (!random.chance(p)) {
            return image;
        }
        byte[] source = image.pixels();
        byte[] pixels = new byte[source.length];
        int stride = image.width() * CHANNELS;
        for (int row = 0; row < source.length; row += stride) {
            for (int x = 0; x < stride; x += CHANNELS) {
                int from = row + stride - CHANNELS - x;
                pixels[row + x] = source[from];
                pixels[row + x + 1] = source[from + 1];
                pixels[row + x + 2] = source[from + 2];
            }
        }
        return new Image(image.height(), image.width(), pixels);
    }
}
