package io.squadron.engine.dl4j;

import io.squadron.engine.Batch;
import io.squadron.engine.DropoutMask;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Multiplies with a {@link DropoutMask} during a step. When a step begins and ends the session says, for Deeplearning4j runs
 * what is frozen as in evaluation, and a dropout below a trained layer must act all the same.
 */
final class Dropout implements Kernel {
    /** What is dropped or kept as one. */
    enum Unit {
        ELEMENT,
        SAMPLE
    }

    private final DropoutMask mask;
    private final Unit unit;
    private Batch.Place place = Batch.Place.START;
    private boolean acting;
    /** Of the last forward pass in a step. // [batch, elements of a sample] */
    private float[] factors = new float[0];

    Dropout(DropoutMask mask, Unit unit) {
        this.mask = mask;
        this.unit = unit;
    }

    /** A step begins, with the batch that stands at {@code next}. */
    void begin(Batch.Place next) {
        place = next;
        acting = true;
    }

    void end() {
        acting = false;
    }

    @Override
    public void forward(INDArray x, INDArray y, Pass pass) {
        Planes in = Planes.of(x);
        if (acting) {
            int elements = in.channels() * in.area();
            factors = new float[in.batch() * elements];
            for (int n = 0; n < in.batch(); n++) {
                draw(n, elements);
            }
        }
        multiply(in, Planes.of(y));
    }

    private void draw(int sample, int elements) {
        int from = sample * elements;
        mask.draw(place, sample, factors, from, unit == Unit.SAMPLE ? 1 : elements);
        if (unit == Unit.SAMPLE) {
            Arrays.fill(factors, from, from + elements, factors[from]);
        }
    }

    @Override
    public void backward(INDArray x, INDArray dy, INDArray dx) {
        multiply(Planes.of(dy), Planes.of(dx));
    }

    private void multiply(Planes from, Planes to) {
        int area = from.area();
        float[] values = new float[from.perChannel()];
        for (int c = 0; c < from.channels(); c++) {
            from.read(c, values);
            for (int i = 0; acting && i < values.length; i++) {
                values[i] *= factors[(i / area * from.channels() + c) * area + i % area];
            }
            to.write(c, values);
        }
    }
}
