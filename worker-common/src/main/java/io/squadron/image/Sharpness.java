package io.squadron.image;

import static io.squadron.image.Image.CHANNELS;

import io.squadron.random.RandomStream;

/**
 * Blends with a smoothed image m: clamp(f v + (1 - f) m), f uniform in [max(0, 1 - strength), 1 + strength]; below 1 blurs,
 * above 1 sharpens. m is the mean of the 3 x 3 neighbours, the middle counted five times; the outermost pixels stay as they
 * are. Pillow's ImageEnhance.Sharpness, torchvision's adjust_sharpness.
 *
 * @param strength 0 (nothing) to 10
 */
public record Sharpness(double strength) implements Augmentation {
    private static final long serialVersionUID = 1L;
    private static final int WEIGHTS = 13;

    public Sharpness {
        Limits.within("a strength of", strength, 0, 10);
    }

    @Override
    public void onto(Canvas canvas, RandomStream random) {
        double factor = Strength.factor(strength, random);
        canvas.paint(image -> blended(image, factor));
    }

    static Image blended(Image image, double factor) {
        byte[] source = image.pixels();
        byte[] pixels = source.clone();
        byte[] smooth = new byte[WEIGHTS * 255 + 1];
        for (int i = 0; i < smooth.length; i++) {
            smooth[i] = (byte) ((2 * i + WEIGHTS) / (2 * WEIGHTS));
        }
        int stride = image.width() * CHANNELS;
        for (int row = 1; row < image.height() - 1; row++) {
            int last = (row + 1) * stride - CHANNELS;
            for (int i = row * stride + CHANNELS; i < last; i++) {
                int sum = three(source, i - stride) + three(source, i) + three(source, i + stride);
                int value = source[i] & 0xFF;
                int mean = smooth[sum + 4 * value] & 0xFF;
                double blend = mean + factor * (value - mean) + 0.5;
                pixels[i] = (byte) Math.min(255, Math.max(0, (int) blend));
            }
        }
        return new Image(image.height(), image.width(), pixels);
    }

    /** The value at {@code i} and those to its left and right. */
    private static int three(byte[] source, int i) {
        return (source[i - CHANNELS] & 0xFF) + (source[i] & 0xFF) + (source[i + CHANNELS] & 0xFF);
    }
}
