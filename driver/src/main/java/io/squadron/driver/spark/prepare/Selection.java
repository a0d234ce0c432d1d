package io.squadron.driver.spark.prepare;

import io.squadron.dataset.Split;
import io.squadron.driver.source.LongSet;
import io.squadron.random.RandomStream;

/**
 * Which images of a survey become samples, with what id and in which split. Images that the base has already stay there.
 *
 * @param ids by number of the image
 * @param splits codes, by number
 * @param kept by number: whether it is to be packed
 * @param met all ids that were seen, those of the base's samples included
 */
record Selection(long[] ids, byte[] splits, boolean[] kept, LongSet met) {
    static Selection of(SampleColumns samples, Splits rule, BaseVersion base) {
        int size = samples.size();
        Selection selection = new Selection(new long[size], new byte[size], new boolean[size], new LongSet());
        for (int i = 0; i < size; i++) {
            if (samples.usable(i)) {
                long id = id(samples.hash(i), samples.label(i));
                // Copies of an image in one class share their hash: later ones get the next free number of a chain.
                while (!selection.met.add(id)) {
                    id = RandomStream.mix(id + 1);
                }
                selection.ids[i] = id;
                selection.splits[i] =
                        rule.of(samples.stated(i), samples.hash(i)).code();
                selection.kept[i] = !base.ids().contains(id);
            }
        }
        return selection;
    }

    /** The id of the first image of that content and class. */
    static long id(long hash, int label) {
        return RandomStream.key(0, "sample", hash, label);
    }

    boolean isKept(int number, Split split) {
        return kept[number] && splits[number] == split.code();
    }

    /** Numbers of those that are kept, in the order of {@code comparison}. */
    int[] sorted(Order.Comparison comparison) {
        int[] numbers = new int[kept.length];
        int count = 0;
        for (int i = 0; i < kept.length; i++) {
            if (kept[i]) {
                numbers[count++] = i;
            }
        }
        int[] chosen = java.util.Arrays.copyOf(numbers, count);
        Order.sort(chosen, comparison);
        return chosen;
    }
}
