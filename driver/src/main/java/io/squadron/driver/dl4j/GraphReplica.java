package io.squadron.driver.dl4j;

import io.squadron.collective.Collective;
import io.squadron.engine.Finite;
import io.squadron.engine.dl4j.GlobalNorms;
import io.squadron.engine.dl4j.NativeFloats;
import io.squadron.failure.Failure;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * A worker's copy of a graph during a round. All workers step together, as long as any of them has a minibatch; one update
 * of the parameters is one iteration on all of them, so that schedules see what they would see on one machine.
 */
final class GraphReplica implements AutoCloseable {
    private final ComputationGraph graph;
    private final Settings settings;
    private final Collective collective;
    private final Attendance attendance;
    private final List<TrainingHook> hooks;
    private final Places places;
    private final Averaging averaging;

    private int steps;
    private long examples;
    private double sinceAverage;
    private double lastScore;
    private int lastExamples;

    GraphReplica(RoundTask task, NetworkState start, Collective collective) {
        this.settings = task.settings();
        this.hooks = task.hooks();
        this.collective = collective;
        this.attendance = new Attendance(collective);
        this.graph = new ComputationGraph(ComputationGraphConfiguration.fromJson(task.configuration()));
        graph.init();
        this.places = Places.of(graph);
        if (settings.norms() == Norms.GLOBAL && collective.size() > 1) {
            GlobalNorms.install(graph, attendance);
        }
        graph.initGradientsView();
        start.into(graph.params(), graph.getUpdater().getStateViewArray());
        graph.getConfiguration().setIterationCount(start.iteration());
        graph.getConfiguration().setEpochCount(start.epoch());
        this.averaging = new Averaging(collective, places.norms(), start.values());
    }

    /** Trains on {@code batches} until the round or everybody's data ends. */
    RankResult run(Iterator<MultiDataSet> batches) {
        Optional<MultiDataSet> batch = next(batches);
        Optional<MultiDataSet> ghost = Ghost.agree(collective, batch);
        int averagings = 0;
        RankResult.Data data = RankResult.Data.LEFT;
        while (averagings < settings.averagings()) {
            attendance.call(batch.map(GraphReplica::count).orElse(0));
            if (attendance.total() == 0) {
                data = RankResult.Data.NONE;
                break;
            }
            step(batch.or(() -> ghost).orElseThrow());
            if (steps % settings.every() == 0) {
                settle();
                averagings++;
            }
            batch = averagings < settings.averagings() ? next(batches) : Optional.empty();
        }
        if (steps % settings.every() != 0) {
            settle();
        }
        return result(data);
    }

    private static Optional<MultiDataSet> next(Iterator<MultiDataSet> batches) {
        return batches.hasNext() ? Optional.of(batches.next()) : Optional.empty();
    }

    private static int count(MultiDataSet batch) {
        return Math.toIntExact(batch.getFeatures(0).size(0));
    }

    private void step(MultiDataSet batch) {
        int mine = (int) attendance.mine();
        if (mine > 0) {
            hooks.forEach(hook -> hook.preUpdate(batch, graph));
        }
        differentiate(batch);
        if (settings.every() == 1) {
            sumGradients();
            update((int) attendance.total());
        } else if (mine > 0) {
            update(mine);
        } else {
            graph.getConfiguration().setIterationCount(graph.getIterationCount() + 1);
        }
        if (mine > 0) {
            hooks.forEach(hook -> hook.postUpdate(batch, graph));
        }
        steps++;
        examples += mine;
        sinceAverage += mine;
        lastExamples = mine;
        lastScore = mine == 0 ? 0 : graph.score() * mine;
    }

    private void differentiate(MultiDataSet batch) {
        graph.setInputs(batch.getFeatures());
        graph.setLabels(batch.getLabels());
        graph.setLayerMaskArrays(batch.getFeaturesMaskArrays(), batch.getLabelsMaskArrays());
        graph.computeGradientAndScore();
        graph.clearLayerMaskArrays();
        graph.clearLayersStates();
    }

    /** Leaves the gradient of the global batch: a sum over examples, and of the updates a mean. */
    private void sumGradients() {
        if (collective.size() == 1) {
            return;
        }
        INDArray view = graph.getGradientsViewArray();
        float[] gradient = attendance.mine() > 0 ? NativeFloats.copy(view) : new float[(int) view.length()];
        float share = (float) (attendance.mine() / attendance.total());
        for (Places.Range range : places.updates()) {
            for (int i = range.from(); i < range.from() + range.length(); i++) {
                gradient[i] *= share;
            }
        }
        requireNumbers(gradient);
        collective.allReduce("gradient", gradient, 0, gradient.length);
        NativeFloats.view(view, gradient.length).put(gradient);
    }

    private void requireNumbers(float[] values) {
        if (!Finite.all(values, 0, values.length)) {
            throw Failure.numeric(
                    "Cannot go on at iteration %d: the gradient of worker %d has NaN or infinite values. Lower the learning "
                            + "rate, or look at the data",
                    graph.getIterationCount(), collective.rank());
        }
    }

    private void update(int batch) {
        int iteration = graph.getIterationCount();
        int epoch = graph.getEpochCount();
        graph.getUpdater().update(graph.gradient(), iteration, epoch, batch, LayerWorkspaceMgr.noWorkspaces());
        INDArray parameters = graph.params();
        parameters.subi(graph.getGradientsViewArray().reshape(parameters.shape()));
        graph.getConfiguration().setIterationCount(iteration + 1);
        graph.applyConstraints(iteration + 1, epoch);
    }

    /** Averages what the workers have made apart; sums of gradients left nothing apart. */
    private void settle() {
        if (settings.every() > 1 && collective.size() > 1) {
            // All that were there at the last step were there at all steps: their statistics of the global batch are
            // whole.
            double voice = settings.norms() == Norms.GLOBAL ? Math.signum(lastExamples) : sinceAverage;
            NetworkState apart = state();
            requireNumbers(apart.values());
            float[] average = averaging.average(apart.values(), sinceAverage, voice);
            new NetworkState(average, apart.parameters(), 0, 0)
                    .into(graph.params(), graph.getUpdater().getStateViewArray());
        }
        sinceAverage = 0;
    }

    private NetworkState state() {
        return NetworkState.of(
                graph.params(),
                graph.getUpdater().getStateViewArray(),
                graph.getIterationCount(),
                graph.getEpochCount());
    }

    private RankResult result(RankResult.Data data) {
        NetworkState end = state();
        requireNumbers(end.values());
        NetworkState sent = collective.rank() == 0
                ? end
                : new NetworkState(new float[0], end.parameters(), end.iteration(), end.epoch());
        return new RankResult(collective.rank(), steps, examples, lastScore, lastExamples, data, end.hash(), sent);
    }

    @Override
    public void close() {
        graph.close();
    }
}
