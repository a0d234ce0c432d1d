package io.squadron.image;

import io.squadron.random.RandomStream;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Image files for tests. */
public final class Pictures {
    private Pictures() {}

    /** Every byte at random. */
    public static Image noise(int height, int width, long seed) {
        RandomStream random = RandomStream.of(seed, "picture");
        byte[] pixels = new byte[height * width * Image.CHANNELS];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) random.nextInt(256);
        }
        return new Image(height, width, pixels);
    }

    /** A file of {@code format}, with a red left and a blue right half. */
    public static byte[] file(String format, int bufferedImageType, int height, int width) {
        BufferedImage image = new BufferedImage(width, height, bufferedImageType);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.RED);
        pen.fillRect(0, 0, width / 2, height);
        pen.setColor(Color.BLUE);
        pen.fillRect(width / 2, 0, width - width / 2, height);
        pen.dispose();
        return encoded(format, image);
    }

    static byte[] encoded(String format, BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, bytes)) {
                throw new IllegalStateException("No writer for " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A PNG of a few bytes whose header promises height x width pixels. */
    public static byte[] bomb(int height, int width) {
        ByteBuffer file = ByteBuffer.allocate(8 + 25 + 12 + 12);
        file.putLong(0x89504E470D0A1A0AL);
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        chunk(file, "IHDR", header.put(new byte[] {8, 2, 0, 0, 0}).array());
        chunk(file, "IDAT", new byte[0]);
        chunk(file, "IEND", new byte[0]);
        return file.array();
    }

    private static void chunk(ByteBuffer file, String type, byte[] content) {
        int start = file.position() + 4;
        file.putInt(content.length)
                .put(type.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .put(content);
        CRC32 sum = new CRC32();
        sum.update(file.duplicate().position(start).limit(start + 4 + content.length));
        file.putInt((int) sum.getValue());
    }
}
