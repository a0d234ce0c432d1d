package io.squadron.driver.spark.prepare;

import java.util.Locale;
import java.util.Set;

/** What file names say. */
final class Names {
    /** Also kinds that cannot be decoded: to overlook a folder of them would be worse than to count them as damaged. */
    private static final Set<String> IMAGES = Set.of(
            "png", "jpg", "jpeg", "jpe", "gif", "bmp", "webp", "tif", "tiff", "jp2", "heic", "avif", "ppm", "pgm");

    private Names() {}

    /** Hadoop's and Unix's convention alike. */
    static boolean isVisible(String name) {
        return !name.startsWith(".") && !name.startsWith("_");
    }

    static boolean isImage(String name) {
        return IMAGES.contains(extension(name));
    }

    /** Lower-case, without the dot; empty when there is none. */
    static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
