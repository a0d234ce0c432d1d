package io.squadron.image;

import static io.squadron.image.Image.CHANNELS;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Takes the stored samples out of a decoded image. Not through getRGB: Java treats grey as linear light and would make every
 * grey image brighter than other decoders do.
 */
final class Pixels {
    private Pixels() {}

    static Image of(BufferedImage decoded) {
        if (decoded.getColorModel() instanceof IndexColorModel palette) {
            return palette(decoded.getRaster(), palette);
        }
        Raster raster = decoded.getRaster();
        int bands = raster.getNumBands();
        boolean alpha = bands == 2 || bands == 4;
        int colours = alpha ? bands - 1 : bands;
        int most = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
        byte[] pixels = new byte[Math.multiplyExact(raster.getWidth() * CHANNELS, raster.getHeight())];
        int[] row = new int[raster.getWidth() * bands];
        int at = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, raster.getWidth(), 1, row);
            for (int x = 0; x < row.length; x += bands) {
                int opacity = alpha ? scaled(row[x + bands - 1], most) : 255;
                for (int c = 0; c < CHANNELS; c++) {
                    int value = scaled(row[x + (colours == 1 ? 0 : c)], most);
                    pixels[at++] = overWhite(value, opacity);
                }
            }
        }
        return new Image(raster.getHeight(), raster.getWidth(), pixels);
    }

    private static Image palette(Raster raster, IndexColorModel palette) {
        byte[] pixels = new byte[Math.multiplyExact(raster.getWidth() * CHANNELS, raster.getHeight())];
        int[] row = new int[raster.getWidth()];
        int at = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, raster.getWidth(), 1, row);
            for (int index : row) {
                int opacity = palette.getAlpha(index);
                pixels[at++] = overWhite(palette.getRed(index), opacity);
                pixels[at++] = overWhite(palette.getGreen(index), opacity);
                pixels[at++] = overWhite(palette.getBlue(index), opacity);
            }
        }
        return new Image(raster.getHeight(), raster.getWidth(), pixels);
    }

    private static int scaled(int value, int most) {
        return most == 255 ? value : (int) ((value * 255L + most / 2) / most);
    }

    private static byte overWhite(int value, int opacity) {
        return opacity == 255 ? (byte) value : (byte) ((value * opacity + 255 * (255 - opacity) + 127) / 255);
    }
}
