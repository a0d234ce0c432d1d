package io.squadron.driver.source;

import io.squadron.dataset.Split;
import io.squadron.failure.Failure;
import io.squadron.image.Encoder;
import io.squadron.image.Image;
import java.util.Optional;
import org.apache.parquet.example.data.Group;

/**
 * One row of a table of images.
 *
 * @param place what people see of it: "file#row"
 */
record ParquetRow(ParquetLayout layout, Group row, String place) {
    /** OpenCV's numbers for bytes in 1, 3 and 4 channels, which Spark's image schema uses. */
    private static final int ONE_CHANNEL = 0;

    private static final int THREE_CHANNELS = 16;
    private static final int FOUR_CHANNELS = 24;

    void tell(Optional<Split> split, UnitReader.Sink sink) {
        Optional<Sighting.Content> content;
        try {
            content = content();
        } catch (Failure e) {
            sink.damaged(place, e.getMessage());
            return;
        }
        Optional<String> label = label();
        if (content.isEmpty() || label.isEmpty()) {
            sink.damaged(place, "the row has no " + (content.isEmpty() ? "image" : "label"));
            return;
        }
        String extension = Names.extensionOf(content.get().file());
        sink.image(new Sighting(place, label.get(), split, extension, content.get(), Sighting.Place.nowhere()));
    }

    /** The value of a column as text, if there is one. */
    static Optional<String> text(Group row, String name) {
        return row.getFieldRepetitionCount(name) == 0
                ? Optional.empty()
                : Optional.of(row.getValueToString(row.getType().getFieldIndex(name), 0)
                        .strip());
    }

    private Optional<Sighting.Content> content() {
        String column = layout.columns().image();
        if (row.getFieldRepetitionCount(column) == 0) {
            return Optional.empty();
        }
        return switch (layout.images()) {
            case FILES -> bytes(row, column).map(Sighting.Content::of);
            case BYTES_AND_PATH -> bytes(row.getGroup(column, 0), "bytes").map(Sighting.Content::of);
            case SPARK_PIXELS -> Optional.of(pixels(row.getGroup(column, 0)));
        };
    }

    private static Optional<byte[]> bytes(Group group, String name) {
        return group.getFieldRepetitionCount(name) == 0
                ? Optional.empty()
                : Optional.of(group.getBinary(name, 0).getBytes());
    }

    /** Where no column says it, the folder that the image lay in. */
    private Optional<String> label() {
        Optional<String> said = layout.columns().label().isEmpty()
                ? path().flatMap(ParquetRow::folder)
                : text(row, layout.columns().label());
        return said.filter(label -> !label.isEmpty());
    }

    private Optional<String> path() {
        return switch (layout.images()) {
            case FILES -> text(row, layout.path());
            case BYTES_AND_PATH -> inside("path");
            case SPARK_PIXELS -> inside("origin");
        };
    }

    private Optional<String> inside(String name) {
        Group image = row.getGroup(layout.columns().image(), 0);
        return image.getType().containsField(name) ? text(image, name) : Optional.empty();
    }

    private static Optional<String> folder(String path) {
        String[] parts = path.split("/");
        return parts.length < 2 ? Optional.empty() : Optional.of(parts[parts.length - 2]);
    }

    /** Spark keeps pixels as blue, green, red; they become a PNG. */
    private static Sighting.Content pixels(Group image) {
        int height = image.getInteger("height", 0);
        int width = image.getInteger("width", 0);
        int mode = image.getInteger("mode", 0);
        byte[] data = image.getBinary("data", 0).getBytes();
        int channels = switch (mode) {
            case ONE_CHANNEL -> 1;
            case THREE_CHANNELS -> 3;
            case FOUR_CHANNELS -> 4;
            default -> throw Failure.data("mode %d (expected bytes: 0, 16 or 24)", mode);
        };
        if (height < 1 || width < 1 || (long) height * width * channels != data.length) {
            throw Failure.data("%d bytes for %d x %d pixels of %d channels", data.length, height, width, channels);
        }
        byte[] rgb = new byte[height * width * Image.CHANNELS];
        for (int i = 0; i < rgb.length; i++) {
            int channel = channels == 1 ? 0 : 2 - i % Image.CHANNELS;
            rgb[i] = data[i / Image.CHANNELS * channels + channel];
        }
        return new Sighting.Content(Encoder.png(new Image(height, width, rgb)), rgb);
    }
}
