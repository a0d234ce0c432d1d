package io.squadron.image;

import static io.squadron.image.Image.CHANNELS;

/** Cutting whole pixels out of an image. */
final class Crop {
    private Crop() {}

    /** The {@code size} pixels from (top, left) on; what lies outside the image is black. */
    static Image at(Image image, int top, int left, Size size) {
        byte[] pixels = new byte[size.height() * size.width() * CHANNELS];
        int from = Math.max(0, left);
        int count = Math.min(image.width(), left + size.width()) - from;
        for (int row = 0; row < size.height() && count > 0; row++) {
            int source = row + top;
            if (source >= 0 && source < image.height()) {
                int start = (source * image.width() + from) * CHANNELS;
                int target = (row * size.width() + from - left) * CHANNELS;
                System.arraycopy(image.pixels(), start, pixels, target, count * CHANNELS);
            }
        }
        return new Image(size.height(), size.width(), pixels);
    }

    /** The middle square; an odd margin is rounded half to even, as Python's round does it and so torchvision. */
    static Image center(Image image, int side) {
        if (image.height() == side && image.width() == side) {
            return image;
        }
        return at(image, margin(image.height(), side), margin(image.width(), side), new Size(side, side));
    }

    /** What lies before the middle {@code side} of {@code length}. */
    static int margin(int length, int side) {
        return (int) Math.rint((length - side) / 2.0);
    }
}
