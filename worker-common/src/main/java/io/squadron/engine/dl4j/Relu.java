package io.squadron.engine.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** max(x, 0). Unlike Deeplearning4j's it never works in place: others may read the same input. */
final class Relu implements Kernel {
    @Override
    public void forward(INDArray x, INDArray y, Pass pass) {
        Planes in = Planes.of(x);
        Planes out = Planes.of(y);
        float[] values = new float[in.perChannel()];
        for (int c = 0; c < in.channels(); c++) {
            in.read(c, values);
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.max(values[i], 0f);
            }
            out.write(c, values);
        }
    }

    @Override
    public void backward(INDArray x, INDArray dy, INDArray dx) {
        Planes in = Planes.of(x);
        Planes above = Planes.of(dy);
        Planes below = Planes.of(dx);
        float[] values = new float[in.perChannel()];
        float[] slopes = new float[in.perChannel()];
        for (int c = 0; c < in.channels(); c++) {
            in.read(c, values);
            above.read(c, slopes);
            for (int i = 0; i < values.length; i++) {
                slopes[i] = values[i] > 0 ? slopes[i] : 0f;
            }
            below.write(c, slopes);
        }
    }
}
