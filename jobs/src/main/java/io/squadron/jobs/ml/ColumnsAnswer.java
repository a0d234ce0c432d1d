package io.squadron.jobs.ml;

import io.squadron.driver.spark.predict.Answer;
import io.squadron.driver.spark.predict.Verdict;
import io.squadron.failure.Failure;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * All columns of the input, and behind them prediction, perhaps its name, and probabilities.
 *
 * @param given columns of the input
 */
record ColumnsAnswer(int given, Names names, Invalid invalid, StructType schema) implements Answer {
    /** The classes by number, and whether the likeliest one is named. */
    record Names(List<String> classes, boolean shown) implements Serializable {}

    /** What becomes of images that cannot be read. */
    enum Invalid {
        ERROR,
        SKIP,
        KEEP;

        static Invalid of(String name) {
            return Arrays.stream(values())
                    .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(name))
                    .findFirst()
                    .orElseThrow(() ->
                            Failure.usage("Cannot set handleInvalid to '%s' (expected error, skip or keep)", name));
        }
    }

    @Override
    public Optional<Row> row(Row input, long number, Verdict verdict) {
        Object[] values = new Object[schema.length()];
        for (int i = 0; i < given; i++) {
            values[i] = input.get(i);
        }
        values[given] = Double.NaN;
        if (verdict instanceof Verdict.Seen seen) {
            values[given] = (double) seen.best();
            if (names.shown()) {
                values[given + 1] = names.classes().get(seen.best());
            }
            values[values.length - 1] = Vectors.dense(seen.probabilities());
        } else if (invalid == Invalid.ERROR) {
            throw Failure.data(
                    "Cannot predict row %d of a partition: %s. Set handleInvalid to skip or keep",
                    number, ((Verdict.Unreadable) verdict).reason());
        } else if (invalid == Invalid.SKIP) {
            return Optional.empty();
        }
        return Optional.of(RowFactory.create(values));
    }
}
