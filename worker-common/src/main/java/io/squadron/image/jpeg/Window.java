package io.squadron.image.jpeg;

/** A rectangle of whole pixels, right and bottom not in it. */
public record Window(int left, int top, int right, int bottom) {
    public int width() {
        return right - left;
    }

    public int height() {
        return bottom - top;
    }
}
