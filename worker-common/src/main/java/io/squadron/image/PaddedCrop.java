package io.squadron.image;

import io.squadron.random.RandomStream;

/**
 * Shifts the image by whole pixels, uniform in -padding .. padding on both axes: what padding by {@code padding} and cropping
 * at random does. What comes in from outside is black. He et al. 2015 (arXiv:1512.03385, section 4.2) use 4 on 32 x 32.
 *
 * @param padding 0 to 1024 pixels
 */
public record PaddedCrop(int padding) implements Geometric {
    private static final long serialVersionUID = 1L;

    public PaddedCrop {
        Limits.within("padding", padding, 0, 1024);
    }

    @Override
    public Homography draw(Size size, RandomStream random) {
        int top = random.nextInt(2 * padding + 1) - padding;
        int left = random.nextInt(2 * padding + 1) - padding;
        return Homography.shift(left, top);
    }

    @Override
    public Edge edge() {
        return Edge.BLACK;
    }
}
