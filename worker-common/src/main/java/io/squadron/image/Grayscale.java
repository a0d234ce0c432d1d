package io.squadron.image;

import io.squadron.random.RandomStream;

/**
 * With probability p takes the colours away: every pixel becomes its grey, 0.299 red + 0.587 green + 0.114 blue, as Pillow
 * computes it. torchvision's RandomGrayscale; SimCLR (arXiv:2002.05709) uses 0.2.
 *
 * @param p 0 to 1
 */
public record Grayscale(double p) implements Augmentation {
    private static final long serialVersionUID = 1L;

    public Grayscale {
        Limits.within("a grayscale's probability", p, 0, 1);
    }

    @Override
    public void onto(Canvas canvas, RandomStream random) {
        if (random.chance(p)) {
            canvas.paint(Grey::of);
        }
    }
}
