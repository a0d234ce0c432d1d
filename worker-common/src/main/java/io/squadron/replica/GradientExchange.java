package io.squadron.replica;

import io.squadron.collective.Collective;
import io.squadron.collective.Pending;
import io.squadron.collective.Wire;
import io.squadron.engine.BackwardOrder;
import io.squadron.engine.GradientListener;
import io.squadron.model.Freeze;
import io.squadron.model.ModelSpec;
import io.squadron.model.Slice;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums the gradient over the replicas, stretch by stretch from the head down, while the engine still computes the rest. The
 * stretches follow from the network alone, so that all ranks cut alike. One thread.
 */
final class GradientExchange implements GradientListener {
    /** Elements of a stretch, 4 MiB: the first sums start early, and none is so short that latency counts. */
    static final int STRETCH = 1 << 20;

    /** Elements between two slices that are rather sent along than spared: running statistics and small frozen layers. */
    private static final int GAP = 1 << 16;

    private final List<Stretch> stretches;
    private final Wire wire;
    private final List<Pending> underWay = new ArrayList<>();
    private Current current = Current.NONE;
    private int ready;
    private int next;

    /**
     * Part of the flat vector, final as soon as {@code slices} more slices are.
     *
     * @param from first element
     * @param to behind the last
     */
    record Stretch(int from, int to, int slices) {
        private boolean reaches(Slice slice) {
            return to - from < STRETCH && from >= slice.end() && from - slice.end() <= GAP;
        }

        private Stretch with(Slice slice) {
            return new Stretch(slice.offset(), to, slices + 1);
        }
    }

    /** What is being summed: nothing, or the gradient of one step. */
    private sealed interface Current {
        Current NONE = new Nothing();

        record Nothing() implements Current {}

        record OfStep(String what, Collective collective, float[] gradient) implements Current {}
    }

    /** @param wire how the gradient travels */
    GradientExchange(ModelSpec spec, Freeze freeze, Wire wire) {
        this.stretches = stretches(spec, freeze);
        this.wire = wire;
    }

    /** The trained slices of {@code spec} in the order in which they become final, joined to stretches. */
    static List<Stretch> stretches(ModelSpec spec, Freeze freeze) {
        List<Stretch> all = new ArrayList<>();
        for (List<Slice> node : byNode(BackwardOrder.of(spec, freeze))) {
            // Downwards also within a node, so that a stretch always grows at its lower end.
            for (int i = node.size() - 1; i >= 0; i--) {
                Slice slice = node.get(i);
                int last = all.size() - 1;
                if (last >= 0 && all.get(last).reaches(slice)) {
                    all.set(last, all.get(last).with(slice));
                } else {
                    all.add(new Stretch(slice.offset(), slice.end(), 1));
                }
            }
        }
        return all;
    }

    private static List<List<Slice>> byNode(List<Slice> order) {
        List<List<Slice>> nodes = new ArrayList<>();
        String node = "";
        for (Slice slice : order) {
            if (!slice.node().equals(node)) {
                nodes.add(new ArrayList<>());
                node = slice.node();
            }
            nodes.get(nodes.size() - 1).add(slice);
        }
        return nodes;
    }

    /** What becomes ready from now on is summed, until {@link #await}. */
    void begin(String what, Collective collective, float[] gradient) {
        current = new Current.OfStep(what, collective, gradient);
        ready = 0;
        next = 0;
        underWay.clear();
    }

    @Override
    public void ready(Slice slice) {
        if (!(current instanceof Current.OfStep step)) {
            return;
        }
        ready++;
        while (next < stretches.size() && ready >= stretches.get(next).slices()) {
            Stretch stretch = stretches.get(next);
            ready -= stretch.slices();
            String what = "%s, elements %d to %d".formatted(step.what(), stretch.from(), stretch.to() - 1);
            underWay.add(step.collective()
                    .allReduceAsync(what, wire, step.gradient(), stretch.from(), stretch.to() - stretch.from()));
            next++;
        }
    }

    /** Returns when the gradient holds the sum over all replicas. */
    void await() {
        current = Current.NONE;
        underWay.forEach(Pending::await);
        underWay.clear();
    }
}
