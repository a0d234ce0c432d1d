package io.squadron.image;

import io.squadron.random.RandomStream;

/**
 * Mirrors left and right with probability p (Krizhevsky et al. 2012 use 0.5). Nothing comes in from outside.
 *
 * @param p 0 to 1
 */
public record HorizontalFlip(double p) implements Geometric {
    private static final long serialVersionUID = 1L;

    public HorizontalFlip {
        Limits.within("a flip's probability", p, 0, 1);
    }

    @Override
    public Homography draw(Size size, RandomStream random) {
        return random.chance(p) ? Homography.affine(-1, 0, 0, 1).about(size) : Homography.identity();
    }
}
