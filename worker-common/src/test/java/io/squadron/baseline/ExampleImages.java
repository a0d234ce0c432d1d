package io.squadron.baseline;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** One split of examples/fashion-mnist as arrays. // pixels: (samples, 784) in 0..1; labels number the classes by name */
record ExampleImages(float[][] pixels, int[] labels) {
    private static final Path ARCHIVE = Path.of("../examples/fashion-mnist/fashion-mnist.tar.gz");

    static ExampleImages read(String split) throws IOException {
        Map<String, List<float[]>> classes = new TreeMap<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(
                new GZIPInputStream(new BufferedInputStream(Files.newInputStream(ARCHIVE))))) {
            for (TarArchiveEntry entry = in.getNextTarEntry(); entry != null; entry = in.getNextTarEntry()) {
                String[] path = entry.getName().split("/");
                if (path[0].equals(split)) {
                    classes.computeIfAbsent(path[1], name -> new ArrayList<>()).add(pixels(in.readAllBytes()));
                }
            }
        }
        List<float[]> pixels = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (List<float[]> each : classes.values()) {
            int label = labels.isEmpty() ? 0 : labels.get(labels.size() - 1) + 1;
            each.forEach(row -> labels.add(label));
            pixels.addAll(each);
        }
        return new ExampleImages(
                pixels.toArray(float[][]::new),
                labels.stream().mapToInt(Integer::intValue).toArray());
    }

    private static float[] pixels(byte[] png) throws IOException {
        int[] grey = ImageIO.read(new ByteArrayInputStream(png)).getRaster().getSamples(0, 0, 28, 28, 0, (int[]) null);
        float[] pixels = new float[grey.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = grey[i] / 255f;
        }
        return pixels;
    }
}
