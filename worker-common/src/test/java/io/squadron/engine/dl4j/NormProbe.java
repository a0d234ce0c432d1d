package io.squadron.engine.dl4j;

import io.squadron.engine.NormSync;
import io.squadron.engine.ProbedNorm;
import io.squadron.model.Layer;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import io.squadron.model.Shape;
import io.squadron.model.Weights;
import io.squadron.testing.GoldenFill;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs one batch norm of the engine alone, forward and backward, with given slopes from above. */
public final class NormProbe {
    private NormProbe() {}

    /** A norm named "0", its tensors filled by the golden formula. */
    public static ProbedNorm run(int channels, float[] x, float[] dy, int[] shape, long seed, NormSync sync) {
        Layer.BatchNorm layer = Layer.BatchNorm.of(channels);
        ModelSpec spec = new ModelSpec(
                "norm",
                new Shape(channels, shape[2], shape[3]),
                List.of(new Node("0", layer, List.of(ModelSpec.INPUT))));
        Weights weights = GoldenFill.weights(spec, seed);
        float[] gradients = new float[weights.values().length];
        Norm norm = new Norm("0", layer, Norm.Mode.TRAINED, sync, weights, gradients);
        long[] dimensions = Arrays.stream(shape).asLongStream().toArray();
        INDArray in = Nd4j.create(x, dimensions, 'c');
        INDArray out = Nd4j.createUninitialized(DataType.FLOAT, dimensions, 'c');
        INDArray below = Nd4j.createUninitialized(DataType.FLOAT, dimensions, 'c');
        norm.forward(in, out, Kernel.Pass.TRAINING);
        norm.backward(in, Nd4j.create(dy, dimensions, 'c'), below);
        norm.updateRunning();
        return new ProbedNorm(NativeFloats.copy(out), NativeFloats.copy(below), weights, gradients);
    }
}
