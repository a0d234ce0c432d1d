package io.squadron.image;

import java.util.function.UnaryOperator;

/**
 * An image in the making. Moves of pixels and tables of levels wait here until an augmentation needs pixels: moves that
 * follow each other are multiplied and sampled once, tables become one table, both with the result of doing them one after
 * the other (tables to the bit). Mutable, one thread; only augmentations of this package can do anything with it.
 */
public final class Canvas {
    private Frame frame;
    private Homography moved = Homography.identity();
    private Edge edge = Edge.REPEAT;
    private Levels levels = Levels.same();

    private Canvas(Frame frame) {
        this.frame = frame;
    }

    static Canvas on(Frame frame) {
        return new Canvas(frame);
    }

    static Canvas of(Image image) {
        return on(new Frame.Whole(image));
    }

    Size size() {
        return frame.size();
    }

    /** What is on the canvas goes where {@code map} says, from points of the result to points of the canvas. */
    void move(Homography map, Edge outside) {
        if (!levels.isSame()) {
            settle(image());
        }
        moved = moved.times(map);
        edge = edge.and(outside);
    }

    /** The part {@code box} of what is on the canvas becomes all of it. */
    void crop(Box box) {
        Size size = size();
        frame = new Frame.Cut(Picture.of(image()), box, size);
        levels = Levels.same();
    }

    /** Every value goes through {@code table}. */
    void level(Levels table) {
        levels = levels.then(table);
    }

    /** The tables that {@link #pixels} has not gone through yet. */
    Levels levels() {
        return levels;
    }

    /** The pixels, all moves done, but not yet gone through the {@link #levels}. */
    Image pixels() {
        frame = new Frame.Whole(frame.seen(moved, edge));
        moved = Homography.identity();
        edge = Edge.REPEAT;
        return frame.still();
    }

    /** A change that wants finished pixels. It must leave those alone and return others. */
    void paint(UnaryOperator<Image> change) {
        settle(change.apply(image()));
    }

    /** A change that sends each value through the tables itself, and so saves a pass. */
    void paint(Brush brush) {
        Levels waiting = levels;
        settle(brush.paint(pixels(), waiting));
    }

    /** What is on the canvas now. */
    Image image() {
        Image pixels = pixels();
        return levels.isSame() ? pixels : levels.of(pixels);
    }

    private void settle(Image image) {
        frame = new Frame.Whole(image);
        levels = Levels.same();
        moved = Homography.identity();
        edge = Edge.REPEAT;
    }

    /** A change of pixels that have yet to go through {@code levels}. */
    @FunctionalInterface
    interface Brush {
        Image paint(Image pixels, Levels levels);
    }
}
