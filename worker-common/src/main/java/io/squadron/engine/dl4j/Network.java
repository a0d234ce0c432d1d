package io.squadron.engine.dl4j;

import io.squadron.engine.BackwardOrder;
import io.squadron.engine.Batch;
import io.squadron.engine.BrokenNumbers;
import io.squadron.engine.GradientListener;
import io.squadron.engine.MomentsListener;
import io.squadron.engine.SessionOptions;
import io.squadron.engine.StepResult;
import io.squadron.engine.Targets;
import io.squadron.model.Freeze;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import io.squadron.model.Shape;
import io.squadron.model.Slice;
import io.squadron.model.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.openblas.global.openblas;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** A compiled graph with all its native memory. Made, used and closed on one and the same thread. */
final class Network implements AutoCloseable {
    private final ModelSpec spec;
    private final Weights weights;
    private final float[] gradient;
    private final Map<String, SessionLoss> losses = new LinkedHashMap<>();
    private final Compiled training;
    /** Without what only auxiliary heads need; the same as for training where there are none. */
    private final Compiled evaluation;

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
        String output = spec.output().name();
        losses.put(output, SessionLoss.of(options.loss(), output));
        spec.auxiliaries()
                .forEach(head ->
                        losses.put(head.node(), SessionLoss.auxiliary(options.loss(), head.weight(), head.node())));
        // Also the first use of ND4J, which must find its backend before its native operations are asked for.
        this.noLabels = Nd4j.zeros(DataType.FLOAT, 1, 1);
        this.images = noLabels;
        this.delivered = BackwardOrder.of(spec, options.freeze());
        this.listener = options.peers().gradients();
        this.threads = options.threads();
        claimThreads();
        this.kernels = new Kernels(spec, weights, gradient, options);
        this.training = compiled(spec, options.freeze());
        this.evaluation = spec.auxiliaries().isEmpty() ? training : compiled(withoutAuxiliaries(), options.freeze());
        ComputationGraph graph = training.graph();
        this.norms = kernels.trainedNorms(Arrays.stream(graph.topologicalSortOrder())
                .mapToObj(vertex -> graph.getVertices()[vertex].getVertexName())
                .toList());
    }

    /** A graph and how weights come into it. */
    private record Compiled(ComputationGraph graph, Parameters parameters) {}

    private Compiled compiled(ModelSpec part, Freeze freeze) {
        Map<String, SessionLoss> heads = new LinkedHashMap<>(losses);
        heads.keySet().retainAll(part.nodes().stream().map(Node::name).toList());
        ComputationGraph graph = new ComputationGraph(new GraphCompiler(part, freeze, kernels).compile(heads));
        graph.init();
        graph.initGradientsView();
        return new Compiled(graph, new Parameters(graph, part, weights, freeze));
    }

    private ModelSpec withoutAuxiliaries() {
        return new ModelSpec(
                spec.architecture(), spec.input(), spec.leadingTo(spec.output().name()));
    }

    /** Forward, backward, gradient and running statistics. // values: [count, channels, height, width] */
    StepResult step(float[] values, Targets targets, Batch.Place place) {
        claimThreads();
        training.parameters().load(weights.values());
        losses.values().forEach(loss -> loss.expect(targets));
        ComputationGraph graph = training.graph();
        graph.setInputs(input(values, targets.count()));
        graph.setLabels(losses.values().stream().map(loss -> noLabels).toArray(INDArray[]::new));
        kernels.begin(place);
        try {
            graph.computeGradientAndScore();
        } finally {
            kernels.end();
        }
        training.parameters().storeGradient(gradient);
        for (Slice slice : delivered) {
            BrokenNumbers.require(slice, gradient);
            listener.ready(slice);
        }
        norms.forEach(Norm::updateRunning);
        return losses.values().stream().map(SessionLoss::result).reduce(StepResult.empty(), StepResult::merge);
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
        Compiled compiled = evaluation.graph().getVertex(node) == null ? training : evaluation;
        compiled.parameters().load(weights.values());
        // With its workspaces Deeplearning4j leaves one open, and breaks, if the first vertex of all is asked for.
        compiled.graph()
                .getConfiguration()
                .setInferenceWorkspaceMode(
                        node.equals(spec.output().name()) ? WorkspaceMode.ENABLED : WorkspaceMode.NONE);
        INDArray[] out = compiled.graph().output(List.of(node), false, new INDArray[] {input(values, count)}, null);
        float[] copied = NativeFloats.copy(out[0]);
        out[0].close();
        return copied;
    }

    /** An evaluation in which trained batch norms tell {@code listener} what they see, and use what it says. */
    void observe(float[] values, int count, MomentsListener listener) {
        claimThreads();
        training.parameters().load(weights.values());
        norms.forEach(norm -> norm.watch(listener));
        try {
            // To the end: Deeplearning4j fails where a pass stops while another branch still waits for its turn.
            List<String> heads = List.copyOf(losses.keySet());
            INDArray[] out = training.graph().output(heads, false, new INDArray[] {input(values, count)}, null);
            Arrays.stream(out).forEach(INDArray::close);
        } finally {
            norms.forEach(Norm::unwatch);
        }
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
        Stream.of(training.graph(), evaluation.graph()).distinct().forEach(ComputationGraph::close);
        Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    }
}
