package io.squadron.dataset;

import io.squadron.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which sample stands at which place of one epoch: a pure function of (seed, epoch, labels, sampling), so that neither the
 * number of replicas nor a resumption changes it. Built on {@link SampleOrder}; immutable but for what it remembers.
 */
public final class EpochDraws {
    private final Sampling sampling;
    private final long seed;
    private final int epoch;
    private final SampleOrder order;
    /** Places of the samples of each class that has any; empty where classes do not count. */
    private final List<int[]> classes;

    private final Map<Long, SampleOrder> withinClasses = new ConcurrentHashMap<>();

    private EpochDraws(Sampling sampling, long seed, int epoch, SampleOrder order, List<int[]> classes) {
        this.sampling = sampling;
        this.seed = seed;
        this.epoch = epoch;
        this.order = order;
        this.classes = classes;
    }

    /**
     * A sample at a place.
     *
     * @param sample number of the sample, 0 .. n - 1
     * @param repeat how often the epoch may have shown it before: keys its augmentation, with its id; 0 for the first time
     */
    public record Draw(int sample, int repeat) {}

    /** Of samples with these {@code labels}, at least one. */
    public static EpochDraws of(Sampling sampling, long seed, int epoch, int[] labels) {
        boolean balanced = sampling.draw() == Sampling.Draw.CLASS_BALANCED;
        List<int[]> classes = balanced ? classes(labels) : List.of();
        return new EpochDraws(sampling, seed, epoch, SampleOrder.of(seed, epoch, labels.length), classes);
    }

    private static List<int[]> classes(int[] labels) {
        int[] counts = new int[Arrays.stream(labels).max().orElse(0) + 1];
        for (int label : labels) {
            counts[label]++;
        }
        int[][] members = new int[counts.length][];
        Arrays.setAll(members, label -> new int[counts[label]]);
        for (int i = labels.length - 1; i >= 0; i--) {
            members[labels[i]][--counts[labels[i]]] = i;
        }
        return Arrays.stream(members).filter(each -> each.length > 0).toList();
    }

    /** Places of the epoch. */
    public int size() {
        return order.samples();
    }

    /** The sample at {@code place}, 0 .. {@link #size} - 1. */
    public Draw at(long place) {
        long group = place / sampling.repeats();
        int turn = (int) (place % sampling.repeats());
        if (classes.isEmpty()) {
            return new Draw(order.at(group), turn);
        }
        int mixed = order.at(group);
        int label = mixed % classes.size();
        int[] members = classes.get(label);
        int number = mixed / classes.size();
        int cycle = number / members.length;
        int member = within(label, cycle).at(number % members.length);
        return new Draw(members[member], cycle * sampling.repeats() + turn);
    }

    /** Each time that a class begins anew its samples come in another order. */
    private SampleOrder within(int label, int cycle) {
        return withinClasses.computeIfAbsent((long) label << Integer.SIZE | cycle, fresh -> {
            long key = RandomStream.key(seed, "order within a class", epoch, label, cycle);
            return SampleOrder.of(key, epoch, classes.get(label).length);
        });
    }

    /** Those at the places of {@code share}, in that order. */
    public List<Draw> of(Share share) {
        List<Draw> draws = new ArrayList<>();
        for (long place = share.first(); place < share.end(); place++) {
            draws.add(at(place));
        }
        return draws;
    }
}
