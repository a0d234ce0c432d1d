package io.squadron.image;

import io.squadron.random.RandomStream;

/** Mirrors top and bottom with probability p: for images without an up, such as those from above or through a microscope. */
public record VerticalFlip(double p) implements Augmentation {
    private static final long serialVersionUID = 1L;

    public VerticalFlip {
        Limits.within("a flip's probability", p, 0, 1);
    }

    @Override
    public Image apply(Image image, RandomStream random) {
        if (!random.chance(p)) {
            return image;
        }
        int stride = image.width() * Image.CHANNELS;
        byte[] pixels = new byte[image.pixels().length];
        for (int row = 0; row < image.height(); row++) {
            System.arraycopy(image.pixels(), row * stride, pixels, pixels.length - (row + 1) * stride, stride);
        }
        return new Image(image.height(), image.width(), pixels);
    }
}
