package io.squadron.jobs.bench;

import io.squadron.engine.Images;
import io.squadron.model.Shape;
import io.squadron.random.RandomStream;

/** What the random images are made of. */
public enum Feed {
    /** float32, normalised already, standard normal. */
    FLOATS,
    /** uint8, which the session normalises. */
    BYTES;

    Images images(int count, Shape shape, long seed) {
        RandomStream random = RandomStream.of(seed, "bench images");
        int length = Math.multiplyExact(count, shape.elements());
        if (this == BYTES) {
            byte[] values = new byte[length];
            for (int i = 0; i < length; i++) {
                values[i] = (byte) random.nextInt(256);
            }
            return new Images.Bytes(values, count, shape.height(), shape.width(), shape.channels());
        }
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Images.Floats(values, count, shape.channels(), shape.height(), shape.width());
    }
}
