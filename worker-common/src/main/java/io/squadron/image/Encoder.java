package io.squadron.image;

import static io.squadron.image.Image.CHANNELS;

import io.squadron.failure.Failure;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** From pixels to the bytes of a PNG file, without loss; an image of greys alone is stored with one channel. */
public final class Encoder {
    /** Looked up once: asking the registry takes as long as encoding a small image. */
    private static final ImageWriterSpi PNG =
            ImageIO.getImageWritersByFormatName("png").next().getOriginatingProvider();

    private Encoder() {}

    public static byte[] png(Image image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = writer();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(new IIOImage(isGrey(image) ? grey(image) : colours(image), null, null));
        } catch (IOException e) {
            throw Failure.resources("Cannot encode a PNG: %s. Free some memory", e.getMessage())
                    .causedBy(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static ImageWriter writer() {
        try {
            return PNG.createWriterInstance();
        } catch (IOException e) {
            throw Failure.resources("Cannot encode a PNG: this JDK's writer does not start. Use another JDK")
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
