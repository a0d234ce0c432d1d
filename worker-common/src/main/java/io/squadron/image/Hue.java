package io.squadron.image;

import static io.squadron.image.Image.CHANNELS;

import io.squadron.random.RandomStream;

/**
 * Turns the circle of hues by a share uniform in [-strength, strength] of its whole; lightness (HSV's value) and saturation
 * stay. As torchvision's ColorJitter on tensors; Pillow keeps hues in 8 bits and loses some levels on the way. HSV: Smith,
 * Color Gamut Transform Pairs, SIGGRAPH 1978. Grey pixels stay as they are.
 */
public record Hue(double strength) implements Augmentation {
    private static final long serialVersionUID = 1L;

    public Hue {
        Limits.within("a hue of", strength, 0, 0.5);
    }

    @Override
    public void onto(Canvas canvas, RandomStream random) {
        double shift = random.between(-strength, strength);
        canvas.paint((pixels, levels) -> turned(pixels, levels, shift));
    }

    /** @param shift share of the circle, -0.5 to 0.5 */
    static Image turned(Image image, Levels levels, double shift) {
        byte[] source = image.pixels();
        byte[] pixels = new byte[source.length];
        double turn = 6 * (shift < 0 ? shift + 1 : shift);
        for (int i = 0; i < pixels.length; i += CHANNELS) {
            int red = levels.of(source[i], 0);
            int green = levels.of(source[i + 1], 1);
            int blue = levels.of(source[i + 2], 2);
            int most = Math.max(red, Math.max(green, blue));
            int chroma = most - Math.min(red, Math.min(green, blue));
            double hue = chroma == 0 ? 0 : turn + sextant(red, green, blue, most) / chroma;
            pixels[i] = part(hue + 5, most, chroma);
            pixels[i + 1] = part(hue + 3, most, chroma);
            pixels[i + 2] = part(hue + 1, most, chroma);
        }
        return new Image(image.height(), image.width(), pixels);
    }

    /** The hue in sixths of the circle, 0 to 6, times the chroma. */
    private static double sextant(int red, int green, int blue, int most) {
        int chroma = most - Math.min(red, Math.min(green, blue));
        if (most == red) {
            return green >= blue ? green - blue : 6.0 * chroma + green - blue;
        }
        return most == green ? 2.0 * chroma + blue - red : 4.0 * chroma + red - green;
    }

    /** {@code most} minus the chroma times a trapezium of the hue, 5 for red, 3 for green, 1 for blue added; 0 to 18. */
    private static byte part(double place, int most, int chroma) {
        double k = place >= 12 ? place - 12 : place >= 6 ? place - 6 : place;
        double share = Math.max(0, Math.min(1, Math.min(k, 4 - k)));
        return (byte) (int) (most - chroma * share + 0.5);
    }
}
