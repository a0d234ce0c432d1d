package io.squadron.driver.dl4j;

import java.io.Serializable;
import java.time.Duration;

/**
 * How to train.
 *
 * @param batch examples in a worker's minibatch
 * @param every minibatches between two averagings; 1 sums gradients instead
 * @param averagings averagings in a round
 * @param deadline how long a worker waits for another
 */
record Settings(int batch, int every, int averagings, Norms norms, Duration deadline) implements Serializable {}
