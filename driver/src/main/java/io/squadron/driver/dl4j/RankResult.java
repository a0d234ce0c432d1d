package io.squadron.driver.dl4j;

/**
 * What a worker reports of a round.
 *
 * @param rank who reports
 * @param steps minibatches that the group went through
 * @param examples this worker's share of them
 * @param score sum of the scores of this worker's examples in the last step
 * @param scored how many examples that were
 * @param data whether data may be left
 * @param hash of the state that the worker ends with
 * @param state that state, from rank 0; from others without values
 */
record RankResult(
        int rank, int steps, long examples, double score, int scored, Data data, long hash, NetworkState state)
        implements RankReport {
    /** Whether there is data for another round. */
    enum Data {
        LEFT,
        NONE
    }
}
