package io.squadron.image;

/** Height and width in pixels. */
public record Size(int height, int width) {
    static Size of(Image image) {
        return new Size(image.height(), image.width());
    }
}
