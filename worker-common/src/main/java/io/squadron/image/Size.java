package io.squadron.image;

/** Height and width in pixels. */
public record Size(int height, int width) {
    public static Size of(Image image) {
        return new Size(image.height(), image.width());
    }
}
