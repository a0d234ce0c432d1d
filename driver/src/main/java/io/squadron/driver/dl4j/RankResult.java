package io.squadron.driver.dl4j;

import io.squadron.failure.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * What a worker reports of a round. It travels as bytes, so that no serializer of the program's Spark need know it.
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
        implements Serializable {
    /** Whether there is data for another round. */
    enum Data {
        LEFT,
        NONE
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static RankResult of(byte[] bytes) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (RankResult) in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw Failure.replica("Cannot read what a worker reports. Give driver and executors the same jar")
                    .causedBy(e);
        }
    }
}
