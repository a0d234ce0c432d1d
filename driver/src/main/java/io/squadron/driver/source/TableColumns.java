package io.squadron.driver.source;

import io.squadron.failure.Failure;
import java.util.List;
import java.util.Optional;

/**
 * Which columns of a table are meant.
 *
 * @param split empty where there is none
 */
record TableColumns(String image, String label, Optional<String> split) {
    private static final List<String> PATHS = List.of("path", "file", "filename", "file_name", "image", "filepath");
    private static final List<String> IMAGES =
            List.of("image", "img", "images", "content", "image_bytes", "bytes", "data", "jpg", "png");
    private static final List<String> LABELS =
            List.of("label", "labels", "class", "cls", "category", "target", "fine_label", "y");

    /** Of a table of paths. Fails with DATA where there are no such columns among {@code names}. */
    static TableColumns ofPaths(String uri, List<String> names, SourceOptions.Columns asked) {
        return new TableColumns(
                require(uri, names, asked.image(), PATHS, "prepare.image-column"),
                require(uri, names, asked.label(), LABELS, "prepare.label-column"),
                split(uri, names, asked));
    }

    /** Of a table that holds the images themselves; its label may be absent (empty) where a path stands beside the image. */
    static TableColumns ofImages(String uri, List<String> names, SourceOptions.Columns asked) {
        String label = asked.label().isEmpty()
                ? LABELS.stream().filter(names::contains).findFirst().orElse("")
                : require(uri, names, asked.label(), LABELS, "prepare.label-column");
        return new TableColumns(
                require(uri, names, asked.image(), IMAGES, "prepare.image-column"), label, split(uri, names, asked));
    }

    private static Optional<String> split(String uri, List<String> names, SourceOptions.Columns asked) {
        if (asked.split().isEmpty()) {
            return names.contains("split") ? Optional.of("split") : Optional.empty();
        }
        return Optional.of(require(uri, names, asked.split(), List.of(), "prepare.split-column"));
    }

    private static String require(String uri, List<String> names, String asked, List<String> usual, String key) {
        List<String> wanted = asked.isEmpty() ? usual : List.of(asked);
        return wanted.stream()
                .filter(names::contains)
                .findFirst()
                .orElseThrow(() -> Failure.data(
                        "Cannot prepare %s: its columns are %s (expected one of %s). Name the column with %s",
                        uri, names, wanted, key));
    }
}
