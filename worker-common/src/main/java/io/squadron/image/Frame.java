package io.squadron.image;

import io.squadron.random.RandomStream;

/**
 * Where the pixels of a canvas come from: a part of a picture, at the canvas's size. Unmoved, and under shifts and mirrors,
 * it is resampled as {@link Picture#cut} does it, exactly. Under any other move the part that will be seen is cut out,
 * antialiased and about as dense as the result, or as dense as the picture if that is less, and sampled once.
 */
sealed interface Frame {
    Size size();

    /** The frame as it is. */
    Image still();

    /** What is seen of it where {@code map} leads, from points of the result to points of the frame. */
    default Image seen(Homography map, Edge edge) {
        if (map.isGrid()) {
            return Grid.moved(still(), map, edge);
        }
        return edge == Edge.BLACK ? new Warp(still(), map, edge).to(size()) : beyond(map);
    }

    /** As {@link #seen}; what lies outside the frame is looked for in the picture. */
    Image beyond(Homography map);

    /** An image that is there already, and nothing around it. */
    record Whole(Image image) implements Frame {
        @Override
        public Size size() {
            return Size.of(image);
        }

        @Override
        public Image still() {
            return image;
        }

        @Override
        public Image beyond(Homography map) {
            return new Warp(image, map, Edge.REPEAT).to(size());
        }
    }

    /** The part {@code box} of a picture. */
    record Cut(Picture picture, Box box, Size size) implements Frame {
        @Override
        public Image still() {
            return picture.cut(box, size);
        }

        @Override
        public Image beyond(Homography map) {
            return new View(picture, box, size).through(map);
        }
    }

    /** What evaluation looks at: the middle square. What a move shows of it is sampled bilinearly, as everywhere. */
    record Evaluated(Picture picture, Size size, Interpolation interpolation) implements Frame {
        @Override
        public Image still() {
            return transform().apply(picture, RandomStream.of(0, "evaluation draws nothing"));
        }

        @Override
        public Image beyond(Homography map) {
            Size whole = picture.size();
            Size resized = transform().resized(whole);
            double across = (double) whole.width() / resized.width();
            double down = (double) whole.height() / resized.height();
            double left = Math.rint((resized.width() - size.width()) / 2.0);
            double top = Math.rint((resized.height() - size.height()) / 2.0);
            Box middle =
                    new Box(left * across, top * down, (left + size.width()) * across, (top + size.height()) * down);
            return new View(picture, middle, size).through(map);
        }

        private EvaluationTransform transform() {
            return new EvaluationTransform(size.height(), size.width(), interpolation);
        }
    }
}
