package io.squadron.image.jpeg;

/**
 * One colour of a picture and where its samples go: blocks {@code firstColumn} to {@code endColumn - 1} of rows {@code
 * firstRow} to {@code endRow - 1} become {@code side} x {@code side} samples each. Mutable, of one thread.
 */
final class Component {
    final int id;
    final int across;
    final int down;
    final int quanta;

    /** Blocks of the whole picture, without those that only fill up the last unit. */
    int columns;

    int rows;
    /** Blocks with those. */
    int paddedColumns;

    int paddedRows;
    /** Samples of the whole picture, at the reduced size. */
    int width;

    int height;
    int side;
    /** How many pixels of the result share a sample. */
    int spreadAcross;

    int spreadDown;
    int firstColumn;
    int endColumn;
    int firstRow;
    int endRow;
    int stride;
    byte[] samples = {};
    /** Of a progressive picture, in zigzag order, 64 for each padded block. */
    short[] coefficients = {};
    /** The table of quanta at its first scan, in zigzag order. */
    int[] table = {};

    int prediction;

    Component(int id, int across, int down, int quanta) {
        this.id = id;
        this.across = across;
        this.down = down;
        this.quanta = quanta;
    }

    boolean wants(int column, int row) {
        return column >= firstColumn && column < endColumn && row >= firstRow && row < endRow;
    }

    /** Where the samples of a wanted block begin. */
    int at(int column, int row) {
        return (row - firstRow) * side * stride + (column - firstColumn) * side;
    }

    /** Index in {@link #samples} of the first sample of a row, counted from the picture's left edge. */
    int rowStart(int row) {
        return (row - firstRow * side) * stride - firstColumn * side;
    }
}
