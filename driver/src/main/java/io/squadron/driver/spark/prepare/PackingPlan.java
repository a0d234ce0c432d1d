package io.squadron.driver.spark.prepare;

/**
 * What executors need to know of every image to pack it, as numbers in one array: it is broadcast, and no class of ours travels
 * that way. // rows: [images, 3]: id; offset; shard (31 bits), label (24), split (8), or -1 for one that is not placed
 */
record PackingPlan(long[] rows) {
    private static final int COLUMNS = 3;

    static PackingPlan of(SampleColumns samples, Selection selection, Placement placement) {
        long[] rows = new long[COLUMNS * samples.size()];
        for (int i = 0; i < samples.size(); i++) {
            int shard = placement.shard(i);
            rows[COLUMNS * i] = selection.ids()[i];
            rows[COLUMNS * i + 1] = placement.offset(i);
            rows[COLUMNS * i + 2] = shard < 0
                    ? -1
                    : (long) shard << 32 | samples.label(i) << 8 | selection.splits()[i];
        }
        return new PackingPlan(rows);
    }

    long id(int number) {
        return rows[COLUMNS * number];
    }

    long offset(int number) {
        return rows[COLUMNS * number + 1];
    }

    /** -1 where it has none. */
    int shard(int number) {
        return (int) (rows[COLUMNS * number + 2] >> 32);
    }

    int label(int number) {
        return (int) (rows[COLUMNS * number + 2] >> 8) & 0xFFFFFF;
    }

    byte split(int number) {
        return (byte) rows[COLUMNS * number + 2];
    }
}
