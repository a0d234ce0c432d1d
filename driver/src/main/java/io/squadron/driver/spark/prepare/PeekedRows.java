package io.squadron.driver.spark.prepare;

import java.util.Iterator;
import org.apache.spark.sql.Row;

/** Samples in the order of their shards, which can be asked whose turn it is. */
final class PeekedRows {
    private static final int NONE = -1;

    private final Iterator<Row> rows;
    private PackedRow.Sample next;
    private boolean more;

    PeekedRows(Iterator<Row> rows) {
        this.rows = rows;
        this.more = rows.hasNext();
        this.next = more ? PackedRow.Sample.of(rows.next()) : null;
    }

    boolean hasNext() {
        return more;
    }

    /** Of the next sample. */
    int shard() {
        return more ? next.shard() : NONE;
    }

    PackedRow.Sample take() {
        PackedRow.Sample taken = next;
        more = rows.hasNext();
        next = more ? PackedRow.Sample.of(rows.next()) : taken;
        return taken;
    }
}
