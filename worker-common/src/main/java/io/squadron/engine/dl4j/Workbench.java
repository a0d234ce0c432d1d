package io.squadron.engine.dl4j;

/** Room for the convolutions of one session, which work one after the other. */
final class Workbench implements AutoCloseable {
    final Matrix unrolled = new Matrix();
    final Matrix result = new Matrix();
    private float[] wide = new float[0];
    private float[] narrow = new float[0];

    /** At least {@code length} elements of anything: for what has a row per kernel element. */
    float[] wide(int length) {
        wide = wide.length < length ? new float[length] : wide;
        return wide;
    }

    /** Another such array: for what has a row per channel. */
    float[] narrow(int length) {
        narrow = narrow.length < length ? new float[length] : narrow;
        return narrow;
    }

    @Override
    public void close() {
        unrolled.close();
        result.close();
    }
}
