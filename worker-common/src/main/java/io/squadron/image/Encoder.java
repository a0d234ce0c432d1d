package io.squadron.image;

import static io.squadron.image.Image.CHANNELS;

import io.squadron.failure.Failure;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * From pixels to the bytes of a file: PNG, without loss, an image of greys alone with one channel; or JPEG.
 */
public final class Encoder {
    /** Looked up once: asking the registry takes as long as encoding a small image. */
    private static final ImageWriterSpi PNG =
            ImageIO.getImageWritersByFormatName("png").next().getOriginatingProvider();

    private static final ImageWriterSpi JPEG =
            ImageIO.getImageWritersByFormatName("jpeg").next().getOriginatingProvider();

    private Encoder() {}

    /**
     * Baseline JPEG, colours at half resolution.
     *
     * @param quality libjpeg's, 1 to 100
     */
    public static byte[] jpeg(Image image, int quality) {
        ImageWriter writer = writer(JPEG);
        ImageWriteParam wish = writer.getDefaultWriteParam();
        wish.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        wish.setCompressionQuality(quality / 100f);
        return written(writer, colours(image), wish);
    }

    public static byte[] png(Image image) {
        ImageWriter writer = writer(PNG);
        return written(writer, isGrey(image) ? grey(image) : colours(image), writer.getDefaultWriteParam());
    }

    private static byte[] written(ImageWriter writer, BufferedImage image, ImageWriteParam wish) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), wish);
        } catch (IOException e) {
            throw Failure.resources("Cannot encode an image: %s. Free some memory", e.getMessage())
                    .causedBy(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static ImageWriter writer(ImageWriterSpi provider) {
        try {
            return provider.createWriterInstance();
        } catch (IOException e) {
            throw Failure.resources("Cannot encode an image: this JDK's writer does not start. Use another JDK")
                    .causedBy(e);
        }
    }

    private static boolean isGrey(Image image) {
        byte[] pixels = image.pixels();
        for (int i = 0; i < pixels.length; i += CHANNELS) {
            if (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2]) {
                return false;
            }
        }
        return true;
    }

    private static BufferedImage grey(Image image) {
        BufferedImage result = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_GRAY);
        byte[] target = ((DataBufferByte) result.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < target.length; i++) {
            target[i] = image.pixels()[i * CHANNELS];
        }
        return result;
    }

    private static BufferedImage colours(Image image) {
        BufferedImage result = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] target = ((DataBufferByte) result.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < target.length; i += CHANNELS) {
            target[i] = image.pixels()[i + 2];
            target[i + 1] = image.pixels()[i + 1];
            target[i + 2] = image.pixels()[i];
        }
        return result;
    }
}
