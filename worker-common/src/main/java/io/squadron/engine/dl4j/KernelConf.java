package io.squadron.engine.dl4j;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How Deeplearning4j is told of a {@link Kernel}: a layer without parameters. Bound to one session, never written out. */
final class KernelConf extends NoParamLayer {
    private static final long serialVersionUID = 1L;

    private final transient Kernel kernel;
    private final transient Sentinel sentinel;

    KernelConf(Kernel kernel, Sentinel sentinel) {
        this.kernel = kernel;
        this.sentinel = sentinel;
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialise,
            DataType type) {
        KernelLayer layer = new KernelLayer(conf, type, kernel, sentinel);
        layer.setListeners(listeners);
        layer.setIndex(index);
        return layer;
    }

    @Override
    public InputType getOutputType(int index, InputType input) {
        return input;
    }

    @Override
    public InputPreProcessor getPreProcessorForInputType(InputType input) {
        return null;
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType input) {
        return new LayerMemoryReport.Builder(getLayerName(), KernelConf.class, input, input).build();
    }
}
