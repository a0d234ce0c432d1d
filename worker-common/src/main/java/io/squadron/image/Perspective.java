package io.squadron.image;

import io.squadron.image.Homography.Point;
import io.squadron.random.RandomStream;

/**
 * Looks at the image from aside: each corner of the result shows a point that lies up to distortion / 4 of the sides away
 * from the image's corner, uniform, inwards or outwards, and what lies between follows in perspective. The scatter of each
 * corner is that of torchvision's RandomPerspective, which only moves inwards and so always shrinks the image. Sampled
 * bilinearly; edges: {@link Edge#REPEAT}.
 *
 * @param distortion 0 to 0.9; torchvision's default is 0.5
 */
public record Perspective(double distortion) implements Geometric {
    private static final long serialVersionUID = 1L;

    public Perspective {
        Limits.within("a distortion of", distortion, 0, 0.9);
    }

    @Override
    public Homography draw(Size size, RandomStream random) {
        return Homography.corners(
                size,
                near(0, 0, size, random),
                near(size.width(), 0, size, random),
                near(size.width(), size.height(), size, random),
                near(0, size.height(), size, random));
    }

    private Point near(double x, double y, Size size, RandomStream random) {
        double reach = distortion / 4;
        double right = random.between(-reach, reach) * size.width();
        return new Point(x + right, y + random.between(-reach, reach) * size.height());
    }
}
