package io.squadron.driver.training;

import io.squadron.replica.RoundTask;

/**
 * Runs one round on all replicas and waits for it: the only effect of training that is distributed. Implementations
 * give the same bits for the same ranks. Closing frees what replicas kept between rounds.
 */
public interface RoundRunner extends AutoCloseable {
    /**
     * Runs {@code task} on every rank.
     *
     * @throws io.squadron.failure.Failure with the cause of the rank that failed first
     */
    RoundResult run(RoundTask task);

    @Override
    void close();
}
