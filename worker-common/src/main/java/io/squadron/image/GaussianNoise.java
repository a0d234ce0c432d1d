package io.squadron.image;

import io.squadron.random.RandomStream;

/**
 * Adds noise of mean 0 and the given standard deviation, in levels of 0..255, to every value apart. Each draw is the sum of
 * four 16-bit uniforms, brought to unit variance (Irwin and Hall): a bell that ends at 3.46 deviations and costs one draw
 * of 64 bits where the true Gaussian costs a logarithm and a cosine.
 *
 * @param deviation 0 to 255 levels
 */
public record GaussianNoise(double deviation) implements Augmentation {
    private static final long serialVersionUID = 1L;
    private static final double MIDDLE = 2 * 65535.0;
    /** A sum of four uniforms over 0..65535 has variance 4 * (65536^2 - 1) / 12. */
    private static final double SPREAD = Math.sqrt(4 * (65536.0 * 65536.0 - 1) / 12);

    public GaussianNoise {
        Limits.within("noise of deviation", deviation, 0, 255);
    }

    @Override
    public void onto(Canvas canvas, RandomStream random) {
        canvas.paint(image -> grained(image, random));
    }

    private Image grained(Image image, RandomStream random) {
        double unit = deviation / SPREAD;
        byte[] source = image.pixels();
        byte[] pixels = new byte[source.length];
        for (int i = 0; i < pixels.length; i++) {
            long bits = random.nextLong();
            long sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
            pixels[i] = Levels.clamp((source[i] & 0xFF) + (sum - MIDDLE) * unit + 0.5);
        }
        return new Image(image.height(), image.width(), pixels);
    }
}
