package io.squadron.image;

import static io.squadron.image.Image.CHANNELS;

import io.squadron.random.RandomStream;
import java.util.Arrays;

/**
 * With probability p blurs: convolution with weights proportional to exp(-d^2 / (2 sigma^2)) at whole pixels up to 3 sigma
 * away, sigma uniform in [sigmaLow, sigmaHigh] pixels. Edges are mirrored, the outermost pixel not repeated. torchvision's
 * GaussianBlur with a kernel wide enough for its sigma; SimCLR (arXiv:2002.05709) uses p 0.5 and sigma 0.1 to 2.
 *
 * @param p 0 to 1
 * @param sigmaLow 0.01 to 20
 * @param sigmaHigh {@code sigmaLow} to 20
 */
public record GaussianBlur(double p, double sigmaLow, double sigmaHigh) implements Augmentation {
    private static final long serialVersionUID = 1L;
    private static final int BITS = 14;
    /** Between rows and columns four bits more than a byte are kept. */
    private static final int KEPT = 4;

    public GaussianBlur {
        Limits.within("a blur's probability", p, 0, 1);
        Limits.interval("sigma", sigmaLow, sigmaHigh, 0.01, 20);
    }

    @Override
    public void onto(Canvas canvas, RandomStream random) {
        if (random.chance(p)) {
            double sigma = random.between(sigmaLow, sigmaHigh);
            canvas.paint(image -> blurred(image, sigma));
        }
    }

    static Image blurred(Image image, double sigma) {
        int[] weights = weights(sigma);
        int[] rows = rows(image, weights);
        int width = image.width() * CHANNELS;
        int[] sources = mirrored(image.height(), weights.length / 2);
        byte[] pixels = new byte[image.pixels().length];
        int[] sums = new int[width];
        int half = 1 << (BITS + KEPT - 1);
        for (int row = 0; row < image.height(); row++) {
            Arrays.fill(sums, half);
            for (int k = 0; k < weights.length; k++) {
                int from = sources[row + k] * width;
                int weight = weights[k];
                for (int i = 0; i < width; i++) {
                    sums[i] += rows[from + i] * weight;
                }
            }
            for (int i = 0; i < width; i++) {
                pixels[row * width + i] = (byte) (sums[i] >> (BITS + KEPT));
            }
        }
        return new Image(image.height(), image.width(), pixels);
    }

    /** Blurred along the rows alone, in sixteenths of a level. */
    private static int[] rows(Image image, int[] weights) {
        int[] sources = mirrored(image.width(), weights.length / 2);
        int[] result = new int[image.pixels().length];
        byte[] pixels = image.pixels();
        int at = 0;
        for (int row = 0; row < image.height(); row++) {
            int start = row * image.width();
            for (int column = 0; column < image.width(); column++) {
                int red = 1 << (BITS - KEPT - 1);
                int green = red;
                int blue = red;
                for (int k = 0; k < weights.length; k++) {
                    int from = (start + sources[column + k]) * CHANNELS;
                    red += (pixels[from] & 0xFF) * weights[k];
                    green += (pixels[from + 1] & 0xFF) * weights[k];
                    blue += (pixels[from + 2] & 0xFF) * weights[k];
                }
                result[at++] = red >> (BITS - KEPT);
                result[at++] = green >> (BITS - KEPT);
                result[at++] = blue >> (BITS - KEPT);
            }
        }
        return result;
    }

    /** Fixed-point weights whose sum is exactly one; what rounding leaves over goes to the middle. */
    private static int[] weights(double sigma) {
        int radius = (int) Math.ceil(3 * sigma);
        double[] shares = new double[2 * radius + 1];
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            double distance = (i - radius) / sigma;
            shares[i] = StrictMath.exp(-0.5 * distance * distance);
            sum += shares[i];
        }
        int[] weights = new int[shares.length];
        int rest = 1 << BITS;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (int) Math.rint(shares[i] / sum * (1 << BITS));
            rest -= weights[i];
        }
        weights[radius] += rest;
        return weights;
    }

    /** Place i is pixel i - radius; outside it runs back, again and again on sides shorter than the radius. */
    private static int[] mirrored(int length, int radius) {
        int[] sources = new int[length + 2 * radius];
        int period = Math.max(1, 2 * (length - 1));
        for (int i = 0; i < sources.length; i++) {
            int place = Math.floorMod(i - radius, period);
            sources[i] = Math.min(place, period - place) % length;
        }
        return sources;
    }
}
