package io.squadron.image;

/** A part of an image: half-open, in pixels of the source, fractions allowed. */
public record Box(double left, double top, double right, double bottom) {
    public static Box whole(Image image) {
        return new Box(0, 0, image.width(), image.height());
    }
}
