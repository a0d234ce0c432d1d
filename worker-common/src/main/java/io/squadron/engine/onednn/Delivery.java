package io.squadron.engine.onednn;

import io.squadron.engine.BrokenNumbers;
import io.squadron.engine.GradientListener;
import io.squadron.model.Slice;
import io.squadron.parallel.Crew;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Brings gradients to the heap, slice by slice as they become final, and says so. */
final class Delivery {
    private final List<Slice> order;
    private final float[] target;
    private final GradientListener listener;
    private final Crew crew;
    private boolean rehearsing;

    Delivery(List<Slice> order, Crew crew, float[] target, GradientListener listener) {
        this.order = order;
        this.crew = crew;
        this.target = target;
        this.listener = listener;
    }

    /** Whether steps are repeated only to look at them: then nobody is told of any slice. */
    void rehearse(boolean now) {
        rehearsing = now;
    }

    /** The slices of {@code node} that are delivered, in order. */
    List<Slice> of(String node) {
        return order.stream().filter(slice -> slice.node().equals(node)).toList();
    }

    /** Refuses a program that would deliver in any order but the one that all replicas agree on. */
    void requireAll(List<String> nodes) {
        List<Slice> planned = new ArrayList<>();
        nodes.forEach(node -> planned.addAll(of(node)));
        if (!planned.equals(order)) {
            throw new IllegalStateException("Cannot deliver gradients in the order %s (expected %s)"
                    .formatted(
                            planned.stream().map(Slice::name).toList(),
                            order.stream().map(Slice::name).toList()));
        }
    }

    /** Emits the delivery of {@code slice}, whose gradient is then final and lies plain in {@code source}. */
    void emit(Assembly assembly, Slice slice, Tensor source) {
        Passage passage = new Passage(target, slice, source, crew);
        assembly.emit("gradient", () -> deliver(slice, passage), source);
    }

    /** Copies one slice, checks it and tells the listener. */
    private void deliver(Slice slice, Passage passage) {
        if (!passage.out()) {
            throw BrokenNumbers.madeBy(slice.node(), BrokenNumbers.Way.BACKWARD);
        }
        if (!rehearsing) {
            listener.ready(slice);
        }
    }

    /** The gradient of a step without samples. */
    void deliverNothing() {
        Arrays.fill(target, 0f);
        for (Slice slice : order) {
            listener.ready(slice);
        }
    }
}
