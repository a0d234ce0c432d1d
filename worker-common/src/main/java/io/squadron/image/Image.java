package io.squadron.image;

/** A picture of red, green, blue bytes. // pixels: [height, width, 3] */
public record Image(int height, int width, byte[] pixels) {
    public static final int CHANNELS = 3;

    public Image {
        if (height < 1
                || width < 1
                || pixels.length != Math.multiplyExact(Math.multiplyExact(height, width), CHANNELS)) {
            throw new IllegalArgumentException(
                    "Cannot make an image of %d x %d from %d bytes".formatted(height, width, pixels.length));
        }
    }

    /** One colour value, 0..255. */
    public int at(int row, int column, int channel) {
        return pixels[(row * width + column) * CHANNELS + channel] & 0xFF;
    }
}
