package io.squadron.driver.dl4j;

import io.squadron.collective.Collective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Two examples of zeros (of one, Deeplearning4j's own batch norm makes no gradient). A worker that has no minibatch at a step
 * goes through them, so that it comes to every exchange of the batch norms that the others come to; nothing of what it
 * computes counts.
 */
final class Ghost {
    private static final int EXAMPLES = 2;

    private Ghost() {}

    /** Made after the first rank that has a minibatch; empty if none has. Every rank calls this. */
    static Optional<MultiDataSet> agree(Collective collective, Optional<MultiDataSet> mine) {
        double[] shapes = mine.map(Ghost::shapes).orElse(new double[0]);
        return Arrays.stream(collective.allGather("shapes of the examples", shapes))
                .filter(each -> each.length > 0)
                .findFirst()
                .map(Ghost::zeros);
    }

    /** Number of inputs; then, inputs first, of each array its number of dimensions and the dimensions. */
    private static double[] shapes(MultiDataSet batch) {
        List<Double> written = new ArrayList<>();
        written.add((double) batch.getFeatures().length);
        for (INDArray[] arrays : List.of(batch.getFeatures(), batch.getLabels())) {
            for (INDArray array : arrays) {
                written.add((double) array.rank());
                for (long dimension : array.shape()) {
                    written.add((double) dimension);
                }
            }
        }
        return written.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static MultiDataSet zeros(double[] shapes) {
        List<INDArray> arrays = new ArrayList<>();
        for (int at = 1; at < shapes.length; at += 1 + (int) shapes[at]) {
            long[] shape = new long[(int) shapes[at]];
            for (int d = 0; d < shape.length; d++) {
                shape[d] = (long) shapes[at + 1 + d];
            }
            shape[0] = EXAMPLES;
            arrays.add(Nd4j.zeros(DataType.FLOAT, shape));
        }
        int inputs = (int) shapes[0];
        INDArray[] all = arrays.toArray(INDArray[]::new);
        return new org.nd4j.linalg.dataset.MultiDataSet(
                Arrays.copyOf(all, inputs), Arrays.copyOfRange(all, inputs, all.length));
    }
}
