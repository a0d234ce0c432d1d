package io.squadron.dataset;

import io.squadron.failure.Failure;
import io.squadron.image.Image;
import io.squadron.random.RandomStream;
import java.io.Serializable;

/**
 * Whether neighbouring samples are mixed, images and labels. Mixup (Zhang et al. 2017, arXiv:1710.09412) adds a share of one
 * image to the rest of another; CutMix (Yun et al. 2019, arXiv:1905.04899) lays a box of one over the other, whose label then
 * counts by the area left. The share is drawn from Beta(alpha, alpha). Where both are on, each is as likely.
 *
 * @param mixup alpha of Mixup, 0: off
 * @param cutmix alpha of CutMix, 0: off
 * @param probability that a pair is mixed at all
 */
public record Mixing(double mixup, double cutmix, double probability) implements Serializable {
    public static final Mixing NONE = new Mixing(0, 0, 0);

    private static final double HIGHEST = 1000;

    public Mixing {
        require("mixup alpha", mixup, HIGHEST);
        require("cutmix alpha", cutmix, HIGHEST);
        require("mixing probability", probability, 1);
    }

    private static void require(String what, double value, double most) {
        if (!(value >= 0 && value <= most)) {
            throw Failure.usage("Cannot mix with %s %s (expected 0 to %s)", what, value, most);
        }
    }

    public boolean isOff() {
        return probability == 0 || (mixup == 0 && cutmix == 0);
    }

    /**
     * A mixture.
     *
     * @param share how much of it is {@code image}'s own sample
     */
    public record Mixed(Image image, float share) {}

    /**
     * {@code image} mixed with {@code mate}, of the same size. Two neighbours are given equal streams, so that what one takes
     * of the other, the other takes of the one.
     */
    public Mixed apply(Image image, Image mate, RandomStream random) {
        if (isOff() || !random.chance(probability)) {
            return new Mixed(image, 1);
        }
        boolean cut = mixup == 0 || (cutmix > 0 && random.chance(0.5));
        double share = beta(cut ? cutmix : mixup, random);
        return cut ? cut(image, mate, share, random) : blend(image, mate, share);
    }

    private static Mixed blend(Image image, Image mate, double share) {
        byte[] own = image.pixels();
        byte[] other = mate.pixels();
        byte[] pixels = new byte[own.length];
        int part = (int) Math.rint(share * (1 << 16));
        for (int i = 0; i < pixels.length; i++) {
            int sum = (own[i] & 0xFF) * part + (other[i] & 0xFF) * ((1 << 16) - part);
            pixels[i] = (byte) ((sum + (1 << 15)) >> 16);
        }
        return new Mixed(new Image(image.height(), image.width(), pixels), (float) part / (1 << 16));
    }

    /** The box has the proportions of the image, its middle lies anywhere, and what is outside is lost. */
    private static Mixed cut(Image image, Image mate, double share, RandomStream random) {
        double side = Math.sqrt(1 - share);
        int middleX = random.nextInt(image.width());
        int middleY = random.nextInt(image.height());
        int halfX = (int) (image.width() * side) / 2;
        int halfY = (int) (image.height() * side) / 2;
        int left = Math.max(0, middleX - halfX);
        int right = Math.min(image.width(), middleX + halfX);
        int top = Math.max(0, middleY - halfY);
        int bottom = Math.min(image.height(), middleY + halfY);
        byte[] pixels = image.pixels().clone();
        for (int row = top; row < bottom; row++) {
            int from = (row * image.width() + left) * Image.CHANNELS;
            System.arraycopy(mate.pixels(), from, pixels, from, (right - left) * Image.CHANNELS);
        }
        double area = (double) (right - left) * (bottom - top) / ((double) image.width() * image.height());
        return new Mixed(new Image(image.height(), image.width(), pixels), (float) (1 - area));
    }

    private static double beta(double alpha, RandomStream random) {
        double first = gamma(alpha, random);
        double second = gamma(alpha, random);
        return first + second == 0 ? 0.5 : first / (first + second);
    }

    /** Marsaglia and Tsang, ACM TOMS 26 (2000): a squeeze for shapes from 1 on, smaller ones by a power of a uniform number. */
    private static double gamma(double shape, RandomStream random) {
        if (shape < 1) {
            return gamma(shape + 1, random) * StrictMath.pow(1 - random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = 1 + c * x;
            if (v > 0) {
                v = v * v * v;
                double u = 1 - random.nextDouble();
                if (StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
                    return d * v;
                }
            }
        }
    }
}
