package io.squadron.image;

import static io.squadron.image.Image.CHANNELS;

import io.squadron.random.RandomStream;

/**
 * Turns the circle of hues by a share uniform in [-strength, strength] of its whole; lightness (HSV's value) and saturation
 * stay. As torchvision's ColorJitter on tensors; Pillow keeps hues in 8 bits and loses some levels on the way. HSV: Smith,
 * Color Gamut Transform Pairs, SIGGRAPH 1978. Grey pixels stay as they are.
 *
 * @param strength 0 (nothing) to 0.5 (any hue); 0.1 is usual
 */
public record Hue(double strength) implements Augmentation {
    private static final long serialVersionUID = 1L;
    private static final int ONE = 1 << 16;

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
        int turn = (int) Math.rint(6 * (shift < 0 ? shift + 1 : shift) * ONE);
        for (int i = 0; i < pixels.length; i += CHANNELS) {
            int red = levels.of(source[i], 0);
            int green = levels.of(source[i + 1], 1);
            int blue = levels.of(source[i + 2], 2);
            int most = Math.max(red, Math.max(green, blue));
            int least = Math.min(red, Math.min(green, blue));
            int chroma = most - least;
            int hue = sextants(red, green, blue, chroma, most) * ONE + turn * chroma;
            store(pixels, i, hue, most, least);
        }
        return new Image(image.height(), image.width(), pixels);
    }

    /** The hue in sixths of the circle, times the chroma: no division, and no rounding. */
    private static int sextants(int red, int green, int blue, int chroma, int most) {
        if (most == red) {
            return green >= blue ? green - blue : 6 * chroma + green - blue;
        }
        return most == green ? 2 * chroma + blue - red : 4 * chroma + red - green;
    }

    /** @param hue as {@link #sextants}, in 16-bit fixed point, up to twice around */
    private static void store(byte[] pixels, int at, int hue, int most, int least) {
        int sixth = (most - least) * ONE;
        int rest = hue >= 6 * sixth ? hue - 6 * sixth : hue;
        int sector = 0;
        while (sector < 5 && rest >= sixth) {
            rest -= sixth;
            sector++;
        }
        byte rising = (byte) (least + ((rest + ONE / 2) >> 16));
        byte falling = (byte) (most - ((rest + ONE / 2) >> 16));
        byte high = (byte) most;
        byte low = (byte) least;
        pixels[at] = sector == 0 || sector == 5 ? high : sector == 1 ? falling : sector == 4 ? rising : low;
        pixels[at + 1] = sector == 1 || sector == 2 ? high : sector == 0 ? rising : sector == 3 ? falling : low;
        pixels[at + 2] = sector == 3 || sector == 4 ? high : sector == 2 ? rising : sector == 5 ? falling : low;
    }
}
