package io.squadron.driver.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.squadron.dataset.Split;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What file names say. */
final class Names {
    /** Also kinds that cannot be decoded: to overlook a folder of them would be worse than to count them as damaged. */
    private static final Set<String> IMAGES = Set.of(
            "png", "jpg", "jpeg", "jpe", "gif", "bmp", "webp", "tif", "tiff", "jp2", "heic", "avif", "ppm", "pgm");

    private static final Map<String, Split> SPLITS = Map.of(
            "train", Split.TRAIN,
            "training", Split.TRAIN,
            "val", Split.VALIDATION,
            "valid", Split.VALIDATION,
            "validation", Split.VALIDATION,
            "dev", Split.VALIDATION,
            "test", Split.TEST,
            "testing", Split.TEST);

    private static final Pattern WORD = Pattern.compile("[A-Za-z]+");

    private static final Map<String, String> MAGIC =
            Map.of("\u0089PNG", "png", "\u00FF\u00D8\u00FF", "jpg", "GIF8", "gif", "BM", "bmp", "RIFF", "webp");

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
        String last = name.substring(name.lastIndexOf('/') + 1);
        int dot = last.lastIndexOf('.');
        return dot < 0 ? "" : last.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** What a file should be called by its first bytes. */
    static String extensionOf(byte[] file) {
        String begin = new String(file, 0, Math.min(4, file.length), ISO_8859_1);
        return MAGIC.entrySet().stream()
                .filter(each -> begin.startsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("bin");
    }

    /** The split whose name {@code word} is, in any case. */
    static Optional<Split> split(String word) {
        return Optional.ofNullable(SPLITS.get(word.toLowerCase(Locale.ROOT)));
    }

    /** The split that a word of a path names: "data/test-00000-of-00001.parquet"; the last such word counts. */
    static Optional<Split> splitOfPath(String path) {
        Optional<Split> found = Optional.empty();
        Matcher words = WORD.matcher(path);
        while (words.find()) {
            Optional<Split> named = split(words.group());
            found = named.isPresent() ? named : found;
        }
        return found;
    }
}
