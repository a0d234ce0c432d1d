package io.squadron.jobs.bench;

import io.squadron.failure.Failure;
import io.squadron.image.GaussianNoise;
import io.squadron.image.Image;
import io.squadron.image.Size;
import io.squadron.image.synthetic.Domain;
import io.squadron.image.synthetic.Scenes;
import io.squadron.random.RandomStream;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** JPEG files like a camera's: scenes side by side with a sensor's grain, quality 90, colours at half the size (4:2:0). */
final class InputPictures {
    private static final int TILE = 250;
    private static final int TILES = 12;
    private static final double GRAIN = 4;

    private final List<Image> tiles = new ArrayList<>();

    InputPictures() {
        Scenes scenes = new Scenes(InputQuestion.SEED, Domain.SUNNY, TILE);
        for (int i = 0; i < TILES; i++) {
            tiles.add(scenes.draw(i % Scenes.classes().size(), i));
        }
    }

    /** Writes {@code count} files below {@code folder}, unless they are there; returns what they hold. */
    List<byte[]> files(Path folder, Size size, int count) {
        List<byte[]> files = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            for (int i = 0; i < count; i++) {
                Path file = folder.resolve("%05d.jpg".formatted(i));
                if (!Files.exists(file)) {
                    Files.write(file, jpeg(picture(size, i)));
                }
                files.add(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw Failure.resources("Cannot write pictures into %s: %s. Choose another --folder", folder, e)
                    .causedBy(e);
        }
        return files;
    }

    private Image picture(Size size, int number) {
        RandomStream random = RandomStream.of(InputQuestion.SEED, "bench picture", number);
        byte[] pixels = new byte[size.height() * size.width() * Image.CHANNELS];
        for (int top = 0; top < size.height(); top += TILE) {
            for (int left = 0; left < size.width(); left += TILE) {
                Image tile = tiles.get(random.nextInt(TILES));
                int bytes = Math.min(TILE, size.width() - left) * Image.CHANNELS;
                for (int row = top; row < Math.min(size.height(), top + TILE); row++) {
                    int to = (row * size.width() + left) * Image.CHANNELS;
                    System.arraycopy(tile.pixels(), (row - top) * TILE * Image.CHANNELS, pixels, to, bytes);
                }
            }
        }
        return new GaussianNoise(GRAIN).apply(new Image(size.height(), size.width(), pixels), random);
    }

    private static byte[] jpeg(Image image) throws IOException {
        BufferedImage picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < image.width() * image.height(); i++) {
            int row = i / image.width();
            int column = i - row * image.width();
            int rgb = image.at(row, column, 0) << 16 | image.at(row, column, 1) << 8 | image.at(row, column, 2);
            picture.setRGB(column, row, rgb);
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam quality = writer.getDefaultWriteParam();
        quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        quality.setCompressionQuality(0.9f);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), quality);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
