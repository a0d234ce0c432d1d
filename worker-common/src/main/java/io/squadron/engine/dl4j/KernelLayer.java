package io.squadron.engine.dl4j;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@link Kernel} at work inside a graph, with its results in the arenas that Deeplearning4j keeps for them. */
final class KernelLayer extends AbstractLayer<KernelConf> {
    private static final long serialVersionUID = 1L;

    private final transient Kernel kernel;
    private final transient Sentinel sentinel;

    KernelLayer(NeuralNetConfiguration conf, DataType type, Kernel kernel, Sentinel sentinel) {
        super(conf, type);
        this.kernel = kernel;
        this.sentinel = sentinel;
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        long[] shape = kernel.resultShape(input.shape());
        INDArray out = workspaces.createUninitialized(ArrayType.ACTIVATIONS, input.dataType(), shape, 'c');
        kernel.forward(input, out, training ? Kernel.Pass.TRAINING : Kernel.Pass.EVALUATION);
        sentinel.forward(input, out);
        return out;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        INDArray below =
                workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape(), 'c');
        kernel.backward(input, epsilon, below);
        sentinel.backward(epsilon, below);
        return new Pair<>(new DefaultGradient(), below);
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    @Override
    public void clearNoiseWeightParams() {
        // There are no parameters that could be noisy.
    }
}
