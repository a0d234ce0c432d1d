package io.squadron.image;

import io.squadron.random.RandomStream;
import java.util.Arrays;

/**
 * Mixes the image with three others made of it by one to three operations each: m times the image, m uniform in [0, 1], and
 * the rest shared out among the three by a Dirichlet distribution with all parameters 1. Operations are drawn evenly from
 * the fourteen of {@link Operation} but the one that does nothing, their magnitudes from the lowest {@code severity} of ten.
 * Hendrycks et al. 2020 (arXiv:1912.02781) as torchvision's AugMix, without the paper's consistency loss. Black outside.
 *
 * @param severity 1 to 10; 3 in the paper
 */
public record AugMix(int severity) implements Augmentation {
    private static final long serialVersionUID = 1L;
    private static final int CHAINS = 3;
    private static final int DEEPEST = 3;
    private static final int ONE = 1 << 16;

    public AugMix {
        Limits.within("a severity of", severity, 1, Strengths.AUG_MIX.bins());
    }

    @Override
    public void onto(Canvas canvas, RandomStream random) {
        canvas.paint(image -> mixed(image, random));
    }

    private Image mixed(Image image, RandomStream random) {
        int[] weights = weights(random);
        int[] sums = new int[image.pixels().length];
        Arrays.fill(sums, ONE / 2);
        add(sums, image, weights[0]);
        for (int i = 1; i <= CHAINS; i++) {
            add(sums, changed(image, random), weights[i]);
        }
        byte[] pixels = new byte[sums.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (sums[i] / ONE);
        }
        return new Image(image.height(), image.width(), pixels);
    }

    /** Of the image and of each chain, in 16-bit fixed point; their sum is one. */
    private static int[] weights(RandomStream random) {
        double original = random.nextDouble();
        double[] waits = new double[CHAINS];
        double sum = 0;
        for (int i = 0; i < CHAINS; i++) {
            // Exponential waits over their sum are Dirichlet with all parameters 1.
            waits[i] = -StrictMath.log1p(-random.nextDouble());
            sum += waits[i];
        }
        int[] weights = new int[CHAINS + 1];
        weights[0] = ONE;
        for (int i = 0; i < CHAINS; i++) {
            weights[i + 1] = (int) ((1 - original) * waits[i] / sum * ONE);
            weights[0] -= weights[i + 1];
        }
        return weights;
    }

    private Image changed(Image image, RandomStream random) {
        Canvas canvas = Canvas.of(image);
        int depth = 1 + random.nextInt(DEEPEST);
        for (int i = 0; i < depth; i++) {
            Operation operation = Operation.drawChange(random);
            int bin = random.nextInt(severity);
            operation.onto(canvas, Strengths.AUG_MIX.draw(operation, bin, canvas.size(), random));
        }
        return canvas.image();
    }

    private static void add(int[] sums, Image image, int weight) {
        byte[] pixels = image.pixels();
        for (int i = 0; i < sums.length; i++) {
            sums[i] += (pixels[i] & 0xFF) * weight;
        }
    }
}
