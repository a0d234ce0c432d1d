package io.squadron.driver.spark.predict;

import io.squadron.failure.Failure;
import io.squadron.image.Decoder;
import io.squadron.image.Picture;
import io.squadron.storage.Storage;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Where a table holds its images.
 *
 * @param name of the column
 * @param base directory that relative paths stand below
 */
public record ImageColumn(String name, Kind kind, String base) implements Serializable {
    /** How an image is stored. */
    public enum Kind {
        /** The bytes of a file. */
        FILES,
        /** Where the file lies. */
        PATHS,
        /** A struct of {@code bytes} and {@code path}, as public hubs have it. */
        BYTES_AND_PATH,
        /** Spark's struct of size, kind and pixels. */
        SPARK_PIXELS
    }

    private static final List<String> USUAL = List.of(
            "image",
            "img",
            "images",
            "content",
            "image_bytes",
            "bytes",
            "data",
            "jpg",
            "png",
            "path",
            "file",
            "filename",
            "file_name",
            "filepath");

    /**
     * The column {@code asked} of {@code table}, or if that is empty the first of the usual names. Fails with DATA where there
     * is none, or where it holds no images.
     */
    public static ImageColumn of(StructType table, String asked, String base) {
        List<String> names = Arrays.asList(table.fieldNames());
        List<String> wanted = asked.isEmpty() ? USUAL : List.of(asked);
        String name = wanted.stream()
                .filter(names::contains)
                .findFirst()
                .orElseThrow(() -> Failure.data(
                        "Cannot predict from a table with columns %s (expected one of %s). Name the column of images with "
                                + "predict.image-column",
                        names, wanted));
        DataType type = table.apply(name).dataType();
        return new ImageColumn(name, kind(name, type), base);
    }

    private static Kind kind(String name, DataType type) {
        if (type.equals(DataTypes.BinaryType)) {
            return Kind.FILES;
        }
        if (type.equals(DataTypes.StringType)) {
            return Kind.PATHS;
        }
        if (type instanceof StructType struct) {
            List<String> fields = Arrays.asList(struct.fieldNames());
            if (fields.contains("bytes") && struct.apply("bytes").dataType().equals(DataTypes.BinaryType)) {
                return Kind.BYTES_AND_PATH;
            }
            if (fields.containsAll(List.of("height", "width", "mode", "data"))) {
                return Kind.SPARK_PIXELS;
            }
        }
        throw Failure.data(
                "Cannot predict from column '%s': it is of type %s (expected bytes, paths, a struct with bytes, or Spark's "
                        + "image schema). Name another with predict.image-column",
                name, type.simpleString());
    }

    /** What a row says of its image's place, if its struct does. */
    Optional<String> origin(Row row) {
        int at = row.fieldIndex(name);
        if (row.isNullAt(at)) {
            return Optional.empty();
        }
        return switch (kind) {
            case FILES -> Optional.empty();
            case PATHS -> Optional.of(row.getString(at));
            case BYTES_AND_PATH -> text(row.getStruct(at), "path");
            case SPARK_PIXELS -> text(row.getStruct(at), "origin");
        };
    }

    /** Whether {@link #origin} may say something. */
    boolean hasOrigin(StructType table) {
        DataType type = table.apply(name).dataType();
        return kind == Kind.PATHS
                || (type instanceof StructType struct
                        && List.of(struct.fieldNames()).contains(kind == Kind.BYTES_AND_PATH ? "path" : "origin"));
    }

    private static Optional<String> text(Row struct, String field) {
        boolean has = List.of(struct.schema().fieldNames()).contains(field);
        return has ? Optional.ofNullable(struct.<String>getAs(field)) : Optional.empty();
    }

    /** The picture of {@code row}; fails with DATA, and the reason, where there is none. */
    Picture picture(Row row, Decoder decoder, Storage storage) {
        int at = row.fieldIndex(name);
        if (row.isNullAt(at)) {
            throw none();
        }
        return switch (kind) {
            case FILES -> decoder.open(row.getAs(at));
            case PATHS -> decoder.open(storage.read(Storage.child(base, row.getString(at))));
            case BYTES_AND_PATH -> hubs(row.getStruct(at), decoder, storage);
            case SPARK_PIXELS -> SparkPixels.picture(row.getStruct(at), decoder.maxPixels());
        };
    }

    /** Hubs keep the bytes, or only the path of them. */
    private Picture hubs(Row struct, Decoder decoder, Storage storage) {
        byte[] bytes = struct.getAs("bytes");
        if (bytes != null) {
            return decoder.open(bytes);
        }
        String path = text(struct, "path").orElseThrow(ImageColumn::none);
        return decoder.open(storage.read(Storage.child(base, path)));
    }

    private static Failure none() {
        return Failure.data("Cannot decode image: the row has none. Fill the column, or leave the row out");
    }
}
