package io.squadron.replica;

import java.io.Serializable;

/**
 * Which samples the replicas evaluate at a round's end; none if {@code positions} is empty.
 *
 * @param positions in the dataset index
 * @param batch images at a time
 * @param bins of the calibration histogram
 * @param worst mistakes to keep
 */
public record Examination(int[] positions, int batch, int bins, int worst) implements Serializable {
    /** The same kind of examination, of no samples. */
    public Examination ofNothing() {
        return new Examination(new int[0], batch, bins, worst);
    }

    /** The part of rank {@code rank} of {@code size}: contiguous, sizes differ by at most one. */
    public Examination share(int rank, int size) {
        int from = (int) ((long) positions.length * rank / size);
        int to = (int) ((long) positions.length * (rank + 1) / size);
        return new Examination(java.util.Arrays.copyOfRange(positions, from, to), batch, bins, worst);
    }
}
