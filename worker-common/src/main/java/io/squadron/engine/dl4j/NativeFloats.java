package io.squadron.engine.dl4j;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Looks at the native memory of an ND4J array, without owning it: for copies in bulk. */
public final class NativeFloats extends FloatPointer {
    private NativeFloats(long start, long length) {
        super((Pointer) null);
        this.address = start;
        this.position = 0;
        this.limit = length;
        this.capacity = length;
    }

    /**
     * The first {@code length} floats from where the array's first element lies. Valid while the array lives. (The buffer
     * of a view begins where the whole array does; its offset is ours to add.)
     */
    public static FloatBuffer view(INDArray array, long length) {
        return new NativeFloats(array.data().address() + array.offset() * Float.BYTES, length).asBuffer();
    }

    /** A copy of an array, row by row. */
    public static float[] copy(INDArray array) {
        INDArray rows = array.ordering() == 'c' && !array.isView() ? array : array.dup('c');
        float[] copied = new float[Math.toIntExact(rows.length())];
        try {
            view(rows, copied.length).get(copied);
        } finally {
            Reference.reachabilityFence(rows);
        }
        return copied;
    }
}
