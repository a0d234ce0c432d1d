package io.squadron.image;

import io.squadron.random.RandomStream;

/**
 * With probability p writes the image as a JPEG of a quality uniform in lowest .. highest (libjpeg's scale, 1 to 100) and
 * reads it again: the blocks and ringing of pictures that were saved once too often. The JDK's encoder, colours at half
 * resolution. Part of the corruptions of Hendrycks and Dietterich 2019 (arXiv:1903.12261).
 *
 * @param p 0 to 1
 * @param lowest 1 to 100
 * @param highest {@code lowest} to 100
 */
public record JpegCompression(double p, int lowest, int highest) implements Augmentation {
    private static final long serialVersionUID = 1L;

    public JpegCompression {
        Limits.within("a compression's probability", p, 0, 1);
        Limits.interval("quality", lowest, highest, 1, 100);
    }

    @Override
    public void onto(Canvas canvas, RandomStream random) {
        if (random.chance(p)) {
            int quality = lowest + random.nextInt(highest - lowest + 1);
            canvas.paint(image -> Decoder.standard().decode(Encoder.jpeg(image, quality)));
        }
    }
}
