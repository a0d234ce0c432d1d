package io.squadron.image;

import static io.squadron.image.Image.CHANNELS;

import io.squadron.random.RandomStream;

/**
 * Makes each pixel, with probability {@code share}, wholly white or wholly black, by equal chances: dead and hot pixels.
 * Gonzalez and Woods, Digital Image Processing, section 5.2. The gaps between such pixels are drawn (geometric), so that
 * the untouched ones cost nothing.
 *
 * @param share 0 to 1
 */
public record SaltAndPepper(double share) implements Augmentation {
    private static final long serialVersionUID = 1L;

    public SaltAndPepper {
        Limits.within("salt and pepper on a share of", share, 0, 1);
    }

    @Override
    public void onto(Canvas canvas, RandomStream random) {
        if (share > 0) {
            canvas.paint(image -> sprinkled(image, random));
        }
    }

    private Image sprinkled(Image image, RandomStream random) {
        byte[] pixels = image.pixels().clone();
        int count = pixels.length / CHANNELS;
        double perGap = 1 / StrictMath.log1p(-share);
        double next = gap(perGap, random);
        while (next < count) {
            byte value = (byte) (random.chance(0.5) ? 255 : 0);
            int at = ((int) next) * CHANNELS;
            pixels[at] = value;
            pixels[at + 1] = value;
            pixels[at + 2] = value;
            next += 1 + gap(perGap, random);
        }
        return new Image(image.height(), image.width(), pixels);
    }

    /** How many pixels are spared before the next one. */
    private static double gap(double perGap, RandomStream random) {
        return Math.floor(StrictMath.log1p(-random.nextDouble()) * perGap);
    }
}
