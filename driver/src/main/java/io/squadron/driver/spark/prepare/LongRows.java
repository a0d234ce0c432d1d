package io.squadron.driver.spark.prepare;

import io.squadron.failure.Failure;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Brings columns of whole numbers to the driver in a few large pieces: a row of its own for each would take ten times the memory. */
final class LongRows implements MapPartitionsFunction<Row, byte[]> {
    private static final long serialVersionUID = 1L;
    private static final int PIECE = 1 << 14;

    private final int columns;

    private LongRows(int columns) {
        this.columns = columns;
    }

    /** Pieces of rows, each row its columns one after the other. Fails with DATA where one is null. */
    static List<LongBuffer> collect(Dataset<Row> table, Column... columns) {
        Column[] longs = new Column[columns.length];
        for (int i = 0; i < columns.length; i++) {
            longs[i] = columns[i].cast("long");
        }
        return table
                .select(longs)
                .mapPartitions(new LongRows(columns.length), Encoders.BINARY())
                .collectAsList()
                .stream()
                .map(piece -> ByteBuffer.wrap(piece).asLongBuffer())
                .toList();
    }

    @Override
    public Iterator<byte[]> call(Iterator<Row> rows) {
        List<byte[]> pieces = new ArrayList<>();
        while (rows.hasNext()) {
            ByteBuffer piece = ByteBuffer.allocate(PIECE * columns * Long.BYTES);
            for (int i = 0; i < PIECE && rows.hasNext(); i++) {
                add(rows.next(), piece);
            }
            byte[] filled = new byte[piece.flip().remaining()];
            piece.get(filled);
            pieces.add(filled);
        }
        return pieces.iterator();
    }

    private void add(Row row, ByteBuffer piece) {
        for (int i = 0; i < columns; i++) {
            if (row.isNullAt(i)) {
                throw Failure.data(
                        "Cannot read a manifest: column %d of a sample is empty (expected a number). Prepare the dataset again",
                        i);
            }
            piece.putLong(row.getLong(i));
        }
    }
}
