package io.squadron.image;

import io.squadron.random.RandomStream;

/**
 * Mirrors top and bottom with probability p: for images without an up, such as those from above or through a microscope.
 *
 * @param p 0 to 1
 */
public record VerticalFlip(double p) implements Geometric {
    private static final long serialVersionUID = 1L;

    public VerticalFlip {
        Limits.within("a flip's probability", p, 0, 1);
    }

    @Override
    public Homography draw(Size size, RandomStream random) {
        return random.chance(p) ? Homography.affine(1, 0, 0, -1).about(size) : Homography.identity();
    }
}
