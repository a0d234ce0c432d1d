package io.squadron.driver.dl4j;

import io.squadron.engine.dl4j.NativeFloats;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What training changes in a network.
 *
 * @param values the parameters, and after them what the updaters remember; in Deeplearning4j's order
 * @param parameters how many of the values are parameters
 * @param iteration updates made so far
 * @param epoch passes over the data made so far
 */
record NetworkState(float[] values, int parameters, int iteration, int epoch) implements Serializable {
    private static final int BLOCK = 2048;

    /** {@code updater} is null where no updater remembers anything. */
    static NetworkState of(INDArray parameters, INDArray updater, int iteration, int epoch) {
        float[] first = NativeFloats.copy(parameters);
        float[] second = updater == null ? new float[0] : NativeFloats.copy(updater);
        float[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return new NetworkState(all, first.length, iteration, epoch);
    }

    /** Writes the values into a network's two vectors. */
    void into(INDArray parameterVector, INDArray updater) {
        NativeFloats.view(parameterVector, parameters).put(values, 0, parameters);
        if (updater != null) {
            NativeFloats.view(updater, updater.length()).put(values, parameters, values.length - parameters);
        }
    }

    /** Equal for equal bits. */
    long hash() {
        CRC32C hash = new CRC32C();
        ByteBuffer block = ByteBuffer.allocate(BLOCK * Float.BYTES);
        for (int start = 0; start < values.length; start += BLOCK) {
            int count = Math.min(BLOCK, values.length - start);
            block.asFloatBuffer().put(values, start, count);
            hash.update(block.array(), 0, count * Float.BYTES);
        }
        return hash.getValue();
    }
}
