package io.squadron.jobs.bench;

import java.nio.file.Path;

/**
 * What is to be measured of the input.
 *
 * @param folder where the pictures and shards are written and left
 * @param pictures of each size
 * @param rounds over them; the fastest counts
 * @param steps of training on each source in a turn; 0 leaves training out
 * @param architecture that is trained
 */
public record InputQuestion(Path folder, int pictures, int rounds, int steps, String architecture) {
    static final int SIZE = 224;
    static final int BATCH = 32;
    static final long SEED = 1;
}
