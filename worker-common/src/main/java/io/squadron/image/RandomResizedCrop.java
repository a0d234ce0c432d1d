package io.squadron.image;

import io.squadron.random.RandomStream;

/**
 * Takes a random part of the image and brings it to full size, antialiased. Area: uniform in [scaleLow, scaleHigh] of the
 * image's; width / height: log-uniform in [ratioLow, ratioHigh]; place: uniform over whole pixels. Ten tries to fit; then
 * the middle, as much as the ratios allow. Szegedy et al. 2014 (arXiv:1409.4842, section 6), with torchvision's rounding.
 * No edges: the part lies inside. As the first of a {@link TrainingTransform} it cuts from the image as it was stored.
 *
 * @param scaleLow 0.0001 to 1
 * @param scaleHigh {@code scaleLow} to 1
 * @param ratioLow 0.01 to 100
 * @param ratioHigh {@code ratioLow} to 100
 */
public record RandomResizedCrop(double scaleLow, double scaleHigh, double ratioLow, double ratioHigh)
        implements Augmentation {
    private static final long serialVersionUID = 1L;
    private static final int TRIES = 10;

    public RandomResizedCrop {
        Limits.interval("scale", scaleLow, scaleHigh, 1e-4, 1);
        Limits.interval("ratio", ratioLow, ratioHigh, 1e-2, 1e2);
    }

    /** The ranges that ImageNet networks are trained with: 0.08 to 1 of the area, 3/4 to 4/3. */
    public static RandomResizedCrop standard() {
        return new RandomResizedCrop(0.08, 1, 3.0 / 4, 4.0 / 3);
    }

    @Override
    public void onto(Canvas canvas, RandomStream random) {
        canvas.crop(box(canvas.size(), random));
    }

    Box box(Size size, RandomStream random) {
        double area = (double) size.height() * size.width();
        for (int i = 0; i < TRIES; i++) {
            double wanted = area * random.between(scaleLow, scaleHigh);
            double ratio = StrictMath.exp(random.between(StrictMath.log(ratioLow), StrictMath.log(ratioHigh)));
            int width = (int) Math.rint(Math.sqrt(wanted * ratio));
            int height = (int) Math.rint(Math.sqrt(wanted / ratio));
            if (width > 0 && width <= size.width() && height > 0 && height <= size.height()) {
                int top = random.nextInt(size.height() - height + 1);
                int left = random.nextInt(size.width() - width + 1);
                return new Box(left, top, left + width, top + height);
            }
        }
        return middle(size);
    }

    private Box middle(Size size) {
        double ratio = (double) size.width() / size.height();
        int width = size.width();
        int height = size.height();
        if (ratio < ratioLow) {
            height = (int) Math.min(height, Math.rint(width / ratioLow));
        } else if (ratio > ratioHigh) {
            width = (int) Math.min(width, Math.rint(height * ratioHigh));
        }
        int top = (size.height() - height) / 2;
        int left = (size.width() - width) / 2;
        return new Box(left, top, left + width, top + height);
    }
}
