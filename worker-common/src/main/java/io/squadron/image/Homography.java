package io.squadron.image;

/**
 * A map of the plane that keeps lines straight: (x, y) goes to ((xx x + xy y + x0) / w, (yx x + yy y + y0) / w) with
 * w = wx x + wy y + ww. Points are in pixels from the upper left corner; the middle of the first pixel is (0.5, 0.5). Used
 * backwards: from a point of the result to the point of the source that is seen there.
 */
public record Homography(
        double xx, double xy, double x0, double yx, double yy, double y0, double wx, double wy, double ww) {
    private static final Homography IDENTITY = affine(1, 0, 0, 1);
    /** Nearer to the horizon than this a point counts as lying on it. */
    private static final double HORIZON = 1e-3;

    private static final double NOTHING = 1e-9;

    /** A point of the plane. */
    public record Point(double x, double y) {}

    public static Homography identity() {
        return IDENTITY;
    }

    /** The linear map of these four numbers; the origin stays. */
    public static Homography affine(double xx, double xy, double yx, double yy) {
        return new Homography(xx, xy, 0, yx, yy, 0, 0, 0, 1);
    }

    public static Homography shift(double x, double y) {
        return new Homography(1, 0, x, 0, 1, y, 0, 0, 1);
    }

    /** This map with the middle of an image of {@code size} as the point that stays. */
    Homography about(Size size) {
        double x = size.width() / 2.0;
        double y = size.height() / 2.0;
        return shift(x, y).times(this).times(shift(-x, -y));
    }

    /**
     * Takes the corners of an image of {@code size} (upper left, upper right, lower right, lower left) to four corners of a
     * convex figure. Heckbert, Fundamentals of Texture Mapping and Image Warping, 1989, section 2.2.3.
     */
    static Homography corners(Size size, Point first, Point second, Point third, Point fourth) {
        double acrossX = second.x() - third.x();
        double acrossY = second.y() - third.y();
        double downX = fourth.x() - third.x();
        double downY = fourth.y() - third.y();
        double skewX = first.x() - second.x() + third.x() - fourth.x();
        double skewY = first.y() - second.y() + third.y() - fourth.y();
        double area = acrossX * downY - downX * acrossY;
        double g = (skewX * downY - downX * skewY) / area;
        double h = (acrossX * skewY - skewX * acrossY) / area;
        Homography ofUnitSquare = new Homography(
                second.x() - first.x() + g * second.x(),
                fourth.x() - first.x() + h * fourth.x(),
                first.x(),
                second.y() - first.y() + g * second.y(),
                fourth.y() - first.y() + h * fourth.y(),
                first.y(),
                g,
                h,
                1);
        return ofUnitSquare.times(affine(1.0 / size.width(), 0, 0, 1.0 / size.height()));
    }

    /** This map of what {@code first} gives. */
    Homography times(Homography first) {
        return new Homography(
                xx * first.xx + xy * first.yx + x0 * first.wx,
                xx * first.xy + xy * first.yy + x0 * first.wy,
                xx * first.x0 + xy * first.y0 + x0 * first.ww,
                yx * first.xx + yy * first.yx + y0 * first.wx,
                yx * first.xy + yy * first.yy + y0 * first.wy,
                yx * first.x0 + yy * first.y0 + y0 * first.ww,
                wx * first.xx + wy * first.yx + ww * first.wx,
                wx * first.xy + wy * first.yy + ww * first.wy,
                wx * first.x0 + wy * first.y0 + ww * first.ww);
    }

    Point at(double x, double y) {
        double w = depth(wx * x + wy * y + ww);
        return new Point((xx * x + xy * y + x0) / w, (yx * x + yy * y + y0) / w);
    }

    static double depth(double w) {
        return Math.max(HORIZON, w);
    }

    boolean isAffine() {
        return wx == 0 && wy == 0 && ww == 1;
    }

    /** Whether it takes pixels to whole pixels: shifts and mirrors, up to rounding of the numbers. */
    boolean isGrid() {
        return nearly(Math.abs(xx), 1)
                && nearly(Math.abs(yy), 1)
                && nearly(xy, 0)
                && nearly(yx, 0)
                && nearly(x0, Math.rint(x0))
                && nearly(y0, Math.rint(y0))
                && isAffine();
    }

    private static boolean nearly(double value, double other) {
        return Math.abs(value - other) < NOTHING;
    }

    /** Length at the source that a pixel's length has at (x, y): root of the determinant of the derivative. */
    double stretch(double x, double y) {
        double step = 0.5;
        Point left = at(x - step, y);
        Point right = at(x + step, y);
        Point upper = at(x, y - step);
        Point lower = at(x, y + step);
        double area =
                (right.x() - left.x()) * (lower.y() - upper.y()) - (lower.x() - upper.x()) * (right.y() - left.y());
        return Math.sqrt(Math.abs(area));
    }
}
