package io.squadron.driver.spark.predict;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of a job: {@code path} or {@code id}, the columns of the source but for the image itself, and what was found.
 *
 * @param input columns of the source
 * @param pieces keys, by partition
 */
record TableAnswer(
        StructType input, ImageColumn image, Labels labels, String model, List<String> pieces, SourceTable.Kind kind)
        implements Answer {
    /**
     * The classes, and how many of them are listed.
     *
     * @param classes names, by label
     */
    record Labels(List<String> classes, int top) implements Serializable {}

    static final String PIECE = "piece";
    static final String ERROR = "error";
    private static final String GIVEN = "given_";
    private static final String PATH = "path";
    private static final String ID = "id";
    private static final Set<String> HELPERS = Set.of(SourceTable.FILE, SourceTable.BLOCK);
    private static final Set<String> FOUND = Set.of("label", "probability", "top", "model", ERROR, PIECE);

    private static final StructType CLASS =
            new StructType().add("label", DataTypes.StringType).add("probability", DataTypes.DoubleType);

    @Override
    public StructType schema() {
        StructType schema = new StructType();
        if (addsPath()) {
            schema = schema.add(PATH, DataTypes.StringType);
        }
        if (addsId()) {
            schema = schema.add(ID, DataTypes.StringType);
        }
        for (int at : kept()) {
            StructField field = input.fields()[at];
            String name = FOUND.contains(field.name()) ? GIVEN + field.name() : field.name();
            schema = schema.add(new StructField(name, field.dataType(), field.nullable(), field.metadata()));
        }
        return schema.add("label", DataTypes.StringType)
                .add("probability", DataTypes.DoubleType)
                .add("top", new ArrayType(CLASS, false))
                .add("model", DataTypes.StringType)
                .add(ERROR, DataTypes.StringType)
                .add(PIECE, DataTypes.StringType);
    }

    /** The image itself stays where it is, unless the column is only its path. */
    private int[] kept() {
        return IntStream.range(0, input.length())
                .filter(at -> !HELPERS.contains(input.fields()[at].name()))
                .filter(at -> image.kind() == ImageColumn.Kind.PATHS
                        || !input.fields()[at].name().equals(image.name()))
                .toArray();
    }

    private boolean has(String name) {
        return List.of(input.fieldNames()).contains(name);
    }

    private boolean addsPath() {
        return image.kind() != ImageColumn.Kind.PATHS && image.hasOrigin(input) && !has(PATH);
    }

    /** Rows that nothing names get the place where they lie. */
    private boolean addsId() {
        return kind == SourceTable.Kind.TABLE
                && !has(ID)
                && !has(PATH)
                && !addsPath()
                && image.kind() != ImageColumn.Kind.PATHS;
    }

    @Override
    public Optional<Row> row(Row row, long number, Verdict verdict) {
        List<Object> values = new ArrayList<>();
        if (addsPath()) {
            values.add(image.origin(row).orElse(null));
        }
        if (addsId()) {
            values.add(row.<String>getAs(SourceTable.FILE) + "@" + row.<Long>getAs(SourceTable.BLOCK) + "#" + number);
        }
        for (int at : kept()) {
            values.add(row.get(at));
        }
        if (verdict instanceof Verdict.Seen seen) {
            int best = seen.best();
            values.add(labels.classes().get(best));
            values.add(seen.probabilities()[best]);
            values.add(likeliest(seen.probabilities()));
        } else {
            values.addAll(Arrays.asList(null, null, null));
        }
        values.add(model);
        values.add(verdict instanceof Verdict.Unreadable unreadable ? unreadable.reason() : null);
        values.add(pieces.get(TaskContext.getPartitionId()));
        return Optional.of(RowFactory.create(values.toArray()));
    }

    private Object[] likeliest(double[] probabilities) {
        return IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble(each -> -probabilities[each]))
                .limit(labels.top())
                .map(each -> RowFactory.create(labels.classes().get(each), probabilities[each]))
                .toArray();
    }
}
