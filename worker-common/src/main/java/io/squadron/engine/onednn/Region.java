package io.squadron.engine.onednn;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import io.squadron.failure.Failure;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Zeroed native memory straight from the system, for large and lasting things: given back whole when closed, and laid on huge
 * pages where the system grants them, because a step walks over gigabytes and would else wait for page tables.
 */
final class Region implements AutoCloseable {
    private static final long HUGE_PAGE = 1 << 21;
    private static final int READ_WRITE = 1 | 2;
    private static final int PRIVATE_ANONYMOUS = 2 | 0x20;
    private static final int WANT_HUGE_PAGES = 14;

    private final long bytes;
    private final long address;

    Region(long wanted) {
        this.bytes = (Math.max(1, wanted) + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
        Object[] request = {null, bytes, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0L};
        this.address = Calls.MAP.invokeLong(request);
        if (address == -1) {
            throw Failure.resources(
                    "Cannot allocate %d MiB of native memory: the system refused (expected that much free). "
                            + "Lower the batch size, or give the process more memory outside its heap",
                    bytes >> 20);
        }
        // Advice: a system that does not take it has small pages, and that is all.
        Calls.ADVISE.invokeInt(new Object[] {address, bytes, WANT_HUGE_PAGES});
    }

    long bytes() {
        return bytes;
    }

    /** Its beginning; a new object, which owns nothing. */
    BytePointer start() {
        return new Address(address, bytes).bytes();
    }

    @Override
    public void close() {
        Calls.UNMAP.invokeInt(new Object[] {address, bytes});
    }

    /** A pointer made of a number. */
    private static final class Address extends Pointer {
        Address(long address, long bytes) {
            this.address = address;
            this.capacity = bytes;
            this.limit = bytes;
        }

        BytePointer bytes() {
            return new BytePointer(this).capacity(capacity);
        }
    }

    /** Calls into the C library; looked up on first use. */
    private static final class Calls {
        private static final NativeLibrary C = NativeLibrary.getInstance("c");
        private static final Function MAP = C.getFunction("mmap");
        private static final Function UNMAP = C.getFunction("munmap");
        private static final Function ADVISE = C.getFunction("madvise");
    }
}
