package io.squadron.engine.onednn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;

/** Looks for NaN and infinity in a tensor, byte by byte as it lies there: padding is zero. For diagnoses, so not fast. */
final class Scan {
    private static final int AT_ONCE = 1 << 26;
    private static final int EXPONENT = 0x7f80;

    private Scan() {}

    /** Numbers that are neither float32 nor bfloat16 count as finite, and so does what has no memory. */
    static boolean finite(Tensor tensor) {
        int type = tensor.desc().get_data_type().value;
        boolean wide = type == memory.data_type.f32.value;
        long bytes = tensor.bytes();
        if (bytes == 0 || (!wide && type != memory.data_type.bf16.value)) {
            return true;
        }
        try (BytePointer start = new BytePointer(tensor.memory().get_data_handle())) {
            for (long at = 0; at < bytes; at += AT_ONCE) {
                long count = Math.min(AT_ONCE, bytes - at);
                ByteBuffer some =
                        start.position(at).limit(at + count).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
                if (!finite(some, wide ? 4 : 2)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The upper half of a float32 is a bfloat16, and holds the exponent of both. */
    private static boolean finite(ByteBuffer values, int size) {
        for (int at = size - 2; at + 1 < values.limit(); at += size) {
            if ((values.getShort(at) & EXPONENT) == EXPONENT) {
                return false;
            }
        }
        return true;
    }
}
