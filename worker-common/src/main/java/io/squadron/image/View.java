package io.squadron.image;

import io.squadron.image.Homography.Point;

/**
 * A picture seen through a move of one of its parts: what of the picture is needed, and how dense.
 *
 * @param box the part that would fill the result if nothing moved
 * @param size of the result
 */
record View(Picture picture, Box box, Size size) {
    /** From points of the result over those of the box at the result's size. One cut, one sampling. */
    Image through(Homography map) {
        double across = (box.right() - box.left()) / size.width();
        double down = (box.bottom() - box.top()) / size.height();
        Homography toPicture = new Homography(across, 0, box.left(), 0, down, box.top(), 0, 0, 1).times(map);
        Box needed = needed(toPicture);
        double width = needed.right() - needed.left();
        double height = needed.bottom() - needed.top();
        double stretch = map.stretch(size.width() / 2.0, size.height() / 2.0);
        Size dense = new Size(pixels(height, down * stretch), pixels(width, across * stretch));
        Homography toCut = Homography.affine(dense.width() / width, 0, 0, dense.height() / height)
                .times(Homography.shift(-needed.left(), -needed.top()));
        return new Warp(picture.cut(needed, dense), toCut.times(toPicture), Edge.REPEAT).to(size);
    }

    /** As many as the result can show of a length, but no more than the picture has. */
    private static int pixels(double length, double perPixel) {
        return (int) Math.max(1, Math.min(length, Math.ceil(length / perPixel)));
    }

    /** The whole pixels of the picture among which the result lies, with a margin for the sampling. */
    private Box needed(Homography toPicture) {
        double left = Double.POSITIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        for (int corner = 0; corner < 4; corner++) {
            Point point = toPicture.at((corner & 1) * size.width(), (corner >> 1) * size.height());
            left = Math.min(left, point.x());
            top = Math.min(top, point.y());
            right = Math.max(right, point.x());
            bottom = Math.max(bottom, point.y());
        }
        double margin = 1 + toPicture.stretch(size.width() / 2.0, size.height() / 2.0);
        Size whole = picture.size();
        left = inside(Math.floor(left - margin), whole.width() - 1);
        top = inside(Math.floor(top - margin), whole.height() - 1);
        right = Math.max(left + 1, inside(Math.ceil(right + margin), whole.width()));
        bottom = Math.max(top + 1, inside(Math.ceil(bottom + margin), whole.height()));
        return new Box(left, top, right, bottom);
    }

    private static double inside(double value, int last) {
        return Math.max(0, Math.min(last, value));
    }
}
