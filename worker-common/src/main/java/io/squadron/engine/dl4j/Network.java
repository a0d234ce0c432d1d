package io.squadron.engine.dl4j;

import io.squadron.engine.BackwardOrder;
import io.squadron.engine.BrokenNumbers;
import io.squadron.engine.CrossEntropy;
import io.squadron.engine.GradientListener;
import io.squadron.engine.SessionOptions;
import io.squadron.engine.StepResult;
import io.squadron.model.ModelSpec;
import io.squadron.model.Shape;
import io.squadron.model.Slice;
import io.squadron.model.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bytedeco.openblas.global.openblas;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** A compiled graph with all its native memory. Made, used and closed on one and the same thread. */
final class Network implements AutoCloseable {
    static final String LOSS = "/loss";

    private final ModelSpec spec;
    private final Weights weights;
    private final float[] gradient;
    private final ComputationGraph graph;
    private final Parameters parameters;
    private final SessionLoss loss;
    private final Kernels kernels;
    /** Trained batch norms in the order in which forward passes reach them. */
    private final List<Norm> norms;

    /** Deeplearning4j tells nothing of its progress: slices are delivered when all are final. */
    private final List<Slice> delivered;

    private final GradientListener listener;
    private final int threads;
    private final INDArray noLabels;
    private INDArray images;

    Network(ModelSpec spec, Weights weights, float[] gradient, SessionOptions options) {
        this.spec = spec;
        this.weights = weights;
        this.gradient = gradient;
        this.loss = new SessionLoss(
                new CrossEntropy(options.labelSmoothing()), spec.output().name());
        // Also the first use of ND4J, which must find its backend before its native operations are asked for.
        this.noLabels = Nd4j.zeros(DataType.FLOAT, 1, 1);
        this.images = noLabels;
        this.delivered = BackwardOrder.of(spec, options.freeze());
        this.listener = options.peers().gradients();
        this.threads = options.threads();
        claimThreads();
        this.kernels = new Kernels(spec, weights, gradient, options);
        this.graph = new ComputationGraph(new GraphCompiler(spec, options.freeze(), kernels).compile(loss));
        graph.init();
        graph.initGradientsView();
        this.parameters = new Parameters(graph, spec, weights, options.freeze());
        this.norms = kernels.trainedNorms(Arrays.stream(graph.topologicalSortOrder())
                .mapToObj(vertex -> graph.getVertices()[vertex].getVertexName())
                .toList());
    }

    /** Forward, backward, gradient and running statistics. // values: [labels.length, channels, height, width] */
    StepResult step(float[] values, int[] labels) {
        claimThreads();
        parameters.load(weights.values());
        loss.expect(labels);
        graph.setInputs(input(values, labels.length));
        graph.setLabels(noLabels);
        kernels.stepping(true);
        try {
            graph.computeGradientAndScore();
        } finally {
            kernels.stepping(false);
        }
        parameters.storeGradient(gradient);
        for (Slice slice : delivered) {
            BrokenNumbers.require(slice, gradient);
            listener.ready(slice);
        }
        norms.forEach(Norm::updateRunning);
        return loss.result();
    }

    /** Takes part in the exchanges of a step without any samples of its own. */
    StepResult stepWithoutSamples() {
        Arrays.fill(gradient, 0f);
        norms.forEach(Norm::trainNothing);
        List<Norm> downwards = new ArrayList<>(norms);
        Collections.reverse(downwards);
        downwards.forEach(Norm::backwardNothing);
        delivered.forEach(listener::ready);
        norms.forEach(Norm::updateRunning);
        return StepResult.empty();
    }

    /** What leaves {@code node} in evaluation mode; sample by sample, channels first. */
    float[] evaluate(float[] values, int count, String node) {
        claimThreads();
        parameters.load(weights.values());
        INDArray[] out = graph.output(List.of(node), false, new INDArray[] {input(values, count)}, null);
        float[] copied = NativeFloats.copy(out[0]);
        out[0].close();
        return copied;
    }

    /**
     * OpenMP's number of threads is the calling thread's own; that of OpenBLAS is the process's, so that sessions side by
     * side should all be told the same. ND4J changes both behind our back, hence at the start of each call.
     */
    private void claimThreads() {
        openblas.blas_set_num_threads(threads);
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    }

    private INDArray input(float[] values, int count) {
        Shape shape = spec.input();
        long[] wanted = {count, shape.channels(), shape.height(), shape.width()};
        if (!Arrays.equals(images.shape(), wanted)) {
            closeImages();
            images = Nd4j.createUninitialized(DataType.FLOAT, wanted, 'c');
        }
        NativeFloats.view(images, images.length()).put(values, 0, Math.toIntExact(images.length()));
        return images;
    }

    private void closeImages() {
        if (images != noLabels) {
            images.close();
        }
    }

    @Override
    public void close() {
        closeImages();
        kernels.close();
        graph.close();
        Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    }
}
