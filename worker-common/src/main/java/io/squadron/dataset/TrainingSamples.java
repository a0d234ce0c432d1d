package io.squadron.dataset;

import io.squadron.random.RandomStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which samples of the training split count, when at most so many of each class do. Each sample has a rank that is a pure
 * function of (seed, its id); the lowest of each class are taken. So whoever trains with more of the same seed trains on the
 * same ones and further ones: the sets are nested, and a curve over their size is one of more data, not of other data.
 */
public final class TrainingSamples {
    private TrainingSamples() {}

    /**
     * Positions in {@code index}, ascending.
     *
     * @param perClass at most so many of each class; 0: all
     */
    public static int[] of(DatasetIndex index, int perClass, long seed) {
        int[] all = index.positions(Split.TRAIN);
        if (perClass == 0) {
            return all;
        }
        long[] ranks = new long[index.size()];
        for (int position : all) {
            ranks[position] = RandomStream.key(seed, "samples of a class", index.ids()[position]);
        }
        Comparator<Integer> lowest =
                Comparator.<Integer>comparingLong(each -> ranks[each]).thenComparingInt(each -> each);
        int[] ordered =
                IntStream.of(all).boxed().sorted(lowest).mapToInt(each -> each).toArray();
        Map<Integer, Integer> taken = new HashMap<>();
        int[] chosen = Arrays.stream(ordered)
                .filter(each -> taken.merge(index.labels()[each], 1, Integer::sum) <= perClass)
                .toArray();
        Arrays.sort(chosen);
        return chosen;
    }
}
