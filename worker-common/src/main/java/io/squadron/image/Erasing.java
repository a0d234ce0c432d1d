package io.squadron.image;

import static io.squadron.image.Image.CHANNELS;

import io.squadron.random.RandomStream;

/**
 * With probability p covers a rectangle with the image's mean colour. Area: uniform in [areaLow, areaHigh] of the image's;
 * height / width: log-uniform in [ratioLow, ratioHigh]; place: uniform. Ten tries to fit, else nothing. Zhong et al. 2017
 * (arXiv:1708.04896); torchvision's ranges.
 *
 * @param p 0 to 1
 * @param areaLow 0 to 1
 * @param areaHigh {@code areaLow} to 1
 * @param ratioLow 0.01 to 100
 * @param ratioHigh {@code ratioLow} to 100
 */
public record Erasing(double p, double areaLow, double areaHigh, double ratioLow, double ratioHigh)
        implements Augmentation {
    private static final long serialVersionUID = 1L;
    private static final int TRIES = 10;

    public Erasing {
        Limits.within("an erasing's probability", p, 0, 1);
        Limits.interval("erased area", areaLow, areaHigh, 0, 1);
        Limits.interval("ratio", ratioLow, ratioHigh, 1e-2, 1e2);
    }

    /** Area 0.02 to 0.33, ratio 0.3 to 3.3. */
    public static Erasing standard(double p) {
        return new Erasing(p, 0.02, 0.33, 0.3, 3.3);
    }

    @Override
    public void onto(Canvas canvas, RandomStream random) {
        if (random.chance(p)) {
            canvas.paint(image -> erased(image, random));
        }
    }

    private Image erased(Image image, RandomStream random) {
        double area = (double) image.height() * image.width();
        for (int i = 0; i < TRIES; i++) {
            double wanted = area * random.between(areaLow, areaHigh);
            double ratio = StrictMath.exp(random.between(StrictMath.log(ratioLow), StrictMath.log(ratioHigh)));
            int height = (int) Math.rint(Math.sqrt(wanted * ratio));
            int width = (int) Math.rint(Math.sqrt(wanted / ratio));
            if (height < image.height() && width < image.width()) {
                int top = random.nextInt(image.height() - height + 1);
                int left = random.nextInt(image.width() - width + 1);
                return erased(image, top, left, new Size(height, width));
            }
        }
        return image;
    }

    private static Image erased(Image image, int top, int left, Size size) {
        byte[] pixels = image.pixels().clone();
        byte[] mean = mean(image.pixels());
        for (int row = top; row < top + size.height(); row++) {
            int start = (row * image.width() + left) * CHANNELS;
            for (int i = 0; i < size.width() * CHANNELS; i++) {
                pixels[start + i] = mean[i % CHANNELS];
            }
        }
        return new Image(image.height(), image.width(), pixels);
    }

    private static byte[] mean(byte[] pixels) {
        long[] sums = new long[CHANNELS];
        for (int i = 0; i < pixels.length; i++) {
            sums[i % CHANNELS] += pixels[i] & 0xFF;
        }
        byte[] mean = new byte[CHANNELS];
        for (int c = 0; c < CHANNELS; c++) {
            mean[c] = (byte) (sums[c] * CHANNELS / pixels.length);
        }
        return mean;
    }
}
