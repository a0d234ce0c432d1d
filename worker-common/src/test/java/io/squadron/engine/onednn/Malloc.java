package io.squadron.engine.onednn;

import com.sun.jna.Function;
import com.sun.jna.Structure;
import java.util.List;

/** What glibc says of its heap. */
public final class Malloc {
    /** Place of uordblks in struct mallinfo2. */
    private static final int IN_USE = 7;

    private Malloc() {}

    /** Bytes that somebody has asked for and not given back. */
    static long bytesInUse() {
        return ((Info) Function.getFunction("c", "mallinfo2").invoke(Info.class, new Object[0])).fields[IN_USE];
    }

    /** struct mallinfo2: ten sizes. */
    public static final class Info extends Structure implements Structure.ByValue {
        public long[] fields = new long[10];

        @Override
        protected List<String> getFieldOrder() {
            return List.of("fields");
        }
    }
}
