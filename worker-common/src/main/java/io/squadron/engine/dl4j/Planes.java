package io.squadron.engine.dl4j;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The images of an ND4J array [batch, channels, height, width] (or [batch, channels]) channel by channel, whichever of
 * batch and channel is the outer side in memory.
 *
 * @param owner keeps the memory alive
 */
record Planes(
        INDArray owner, FloatBuffer memory, int batch, int channels, int area, int sampleStride, int channelStride) {
    /** Looks at {@code array}, or at a copy of it where the pixels of an image do not lie one after the other. */
    static Planes of(INDArray array) {
        INDArray dense = plain(array) ? array : array.dup('c');
        int batch = (int) dense.size(0);
        int channels = (int) dense.size(1);
        int area = Math.toIntExact(dense.length() / batch / channels);
        int sampleStride = dense.stride(0);
        int channelStride = dense.stride(1);
        long span = 1L + (batch - 1L) * sampleStride + (channels - 1L) * channelStride + (area - 1L);
        return new Planes(dense, NativeFloats.view(dense, span), batch, channels, area, sampleStride, channelStride);
    }

    private static boolean plain(INDArray array) {
        if (array.rank() == 2) {
            return true;
        }
        boolean row = array.size(3) == 1 || array.stride(3) == 1;
        return row && (array.size(2) == 1 || array.stride(2) == array.size(3));
    }

    /** Elements of one channel over the whole batch. */
    int perChannel() {
        return batch * area;
    }

    /** One channel, sample after sample. // target: [batch * area] */
    void read(int channel, float[] target) {
        int from = channel * channelStride;
        if (sampleStride == area) {
            memory.get(from, target, 0, batch * area);
        } else if (area == 1) {
            for (int n = 0; n < batch; n++) {
                target[n] = memory.get(from + n * sampleStride);
            }
        } else {
            for (int n = 0; n < batch; n++) {
                memory.get(from + n * sampleStride, target, n * area, area);
            }
        }
    }

    /** The reverse of {@link #read}. */
    void write(int channel, float[] source) {
        int to = channel * channelStride;
        if (sampleStride == area) {
            memory.put(to, source, 0, batch * area);
        } else if (area == 1) {
            for (int n = 0; n < batch; n++) {
                memory.put(to + n * sampleStride, source[n]);
            }
        } else {
            for (int n = 0; n < batch; n++) {
                memory.put(to + n * sampleStride, source, n * area, area);
            }
        }
    }
}
