package io.squadron.driver.spark.prepare;

import io.squadron.dataset.Split;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the driver keeps of every image that was found: columns of numbers, 18 bytes an image, so that some millions fit into a
 * small heap. The number of an image is its place here, and its place in the survey's files one after the other.
 */
final class SampleColumns {
    static final byte NO_SPLIT = -1;

    private long[] hashes = new long[1024];
    private int[] labels = new int[1024];
    private int[] lengths = new int[1024];
    private byte[] splits = new byte[1024];
    private boolean[] usable = new boolean[1024];
    private int size;

    void add(SurveyRow row, int label) {
        if (size == hashes.length) {
            grow();
        }
        hashes[size] = row.hash();
        labels[size] = label;
        lengths[size] = row.file().length();
        splits[size] = row.split().map(Split::code).orElse(NO_SPLIT);
        usable[size] = row.usable();
        size++;
    }

    int size() {
        return size;
    }

    long hash(int number) {
        return hashes[number];
    }

    int label(int number) {
        return labels[number];
    }

    /** Bytes of its file. */
    int length(int number) {
        return lengths[number];
    }

    boolean usable(int number) {
        return usable[number];
    }

    /** The split that the source gave it. */
    Optional<Split> stated(int number) {
        return splits[number] == NO_SPLIT ? Optional.empty() : Optional.of(Split.of(splits[number]));
    }

    /** Gives every label the number that {@code numbers} has for it. */
    void relabel(int[] numbers) {
        for (int i = 0; i < size; i++) {
            labels[i] = usable[i] ? numbers[labels[i]] : 0;
        }
    }

    private void grow() {
        int capacity = size + size / 2;
        hashes = Arrays.copyOf(hashes, capacity);
        labels = Arrays.copyOf(labels, capacity);
        lengths = Arrays.copyOf(lengths, capacity);
        splits = Arrays.copyOf(splits, capacity);
        usable = Arrays.copyOf(usable, capacity);
    }
}
