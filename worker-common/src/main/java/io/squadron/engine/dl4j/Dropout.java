package io.squadron.engine.dl4j;

import io.squadron.engine.Batch;
import io.squadron.engine.DropoutMask;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Multiplies with a {@link DropoutMask} in training. The session says where each batch stands before its step. */
final class Dropout implements Kernel {
    private final DropoutMask mask;
    private Batch.Place place = Batch.Place.START;
    /** Of the last forward pass in training. // [batch, elements of a sample] */
    private float[] factors = new float[0];

    Dropout(DropoutMask mask) {
        this.mask = mask;
    }

    void at(Batch.Place next) {
        place = next;
    }

    @Override
    public void forward(INDArray x, INDArray y, Pass pass) {
        Planes in = Planes.of(x);
        if (pass == Pass.TRAINING) {
            int elements = in.channels() * in.area();
            factors = new float[in.batch() * elements];
            for (int n = 0; n < in.batch(); n++) {
                mask.draw(place, n, factors, n * elements, elements);
            }
        }
        multiply(in, Planes.of(y), pass);
    }

    @Override
    public void backward(INDArray x, INDArray dy, INDArray dx) {
        multiply(Planes.of(dy), Planes.of(dx), Pass.TRAINING);
    }

    private void multiply(Planes from, Planes to, Pass pass) {
        int area = from.area();
        float[] values = new float[from.perChannel()];
        for (int c = 0; c < from.channels(); c++) {
            from.read(c, values);
            for (int i = 0; i < values.length && pass == Pass.TRAINING; i++) {
                values[i] *= factors[(i / area * from.channels() + c) * area + i % area];
            }
            to.write(c, values);
        }
    }
}
