package io.squadron.driver.source;

import io.squadron.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * What of a parquet file is read, and how.
 *
 * @param schema the columns that are read, no others
 * @param path name of the column beside the image that holds its path; empty where there is none
 */
record ParquetLayout(MessageType schema, TableColumns columns, Images images, String path) {
    /** How images are stored. */
    enum Images {
        /** A column of files. */
        FILES,
        /** A struct of {@code bytes} and {@code path}, as public hubs have it. */
        BYTES_AND_PATH,
        /** Spark's struct of size, kind and pixels. */
        SPARK_PIXELS
    }

    static ParquetLayout of(String uri, MessageType all, SourceOptions.Columns asked) {
        List<String> names = all.getFields().stream().map(Type::getName).toList();
        TableColumns columns = TableColumns.ofImages(uri, names, asked);
        Type image = all.getType(columns.image());
        Images images = images(uri, image);
        String path = images == Images.FILES && names.contains("path") ? "path" : "";
        if (columns.label().isEmpty() && images == Images.FILES && path.isEmpty()) {
            throw Failure.data(
                    "Cannot prepare %s: its columns are %s (expected one with labels, or the path of each image, whose folder "
                            + "names its class). Name the column with prepare.label-column",
                    uri, names);
        }
        List<Type> wanted = new ArrayList<>();
        wanted.add(image);
        names.stream()
                .filter(each -> each.equals(columns.label())
                        || each.equals(columns.split().orElse(""))
                        || each.equals(path))
                .filter(each -> !each.equals(columns.image()))
                .forEach(each -> wanted.add(all.getType(each)));
        return new ParquetLayout(new MessageType(all.getName(), wanted), columns, images, path);
    }

    private static Images images(String uri, Type image) {
        if (isBytes(image)) {
            return Images.FILES;
        }
        if (!image.isPrimitive()) {
            GroupType group = image.asGroupType();
            if (group.containsField("bytes") && isBytes(group.getType("bytes"))) {
                return Images.BYTES_AND_PATH;
            }
            if (group.containsField("data") && group.containsField("mode") && isBytes(group.getType("data"))) {
                return Images.SPARK_PIXELS;
            }
        }
        throw Failure.data(
                "Cannot prepare %s: column '%s' is %s (expected bytes, a struct with bytes, or Spark's image schema). "
                        + "Name another with prepare.image-column",
                uri, image.getName(), image.toString().replaceAll("\\s+", " "));
    }

    private static boolean isBytes(Type type) {
        return type.isPrimitive()
                && type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                && !type.isRepetition(Type.Repetition.REPEATED);
    }
}
