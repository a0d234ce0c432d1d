package io.squadron.driver.transport;

import io.squadron.collective.Wire;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import org.apache.spark.network.buffer.ManagedBuffer;
import org.apache.spark.network.util.AbstractFileRegion;

/**
 * A piece of a vector to be sent, made bytes only while the socket takes them: nothing is copied ahead, and what the
 * kernel reads is still in the processor's cache. The values must stay until {@code whenRead} has run.
 */
final class Values extends ManagedBuffer {
    private static final int SCRATCH_BYTES = 1 << 17;
    private static final ThreadLocal<ByteBuffer> SCRATCH =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(SCRATCH_BYTES));

    private final Wire wire;
    private final float[] values;
    private final int offset;
    private final int length;
    private final Runnable whenRead;

    Values(Wire wire, float[] values, int offset, int length, Runnable whenRead) {
        this.wire = wire;
        this.values = values;
        this.offset = offset;
        this.length = length;
        this.whenRead = whenRead;
    }

    @Override
    public long size() {
        return (long) length * wire.bytes();
    }

    @Override
    public ByteBuffer nioByteBuffer() {
        ByteBuffer all = ByteBuffer.allocate(length * wire.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        wire.write(values, offset, length, all);
        return all;
    }

    @Override
    public InputStream createInputStream() {
        return new ByteArrayInputStream(nioByteBuffer().array());
    }

    @Override
    public ManagedBuffer retain() {
        return this;
    }

    @Override
    public ManagedBuffer release() {
        return this;
    }

    @Override
    public Object convertToNetty() {
        return new Region();
    }

    /** What the socket draws from. */
    private final class Region extends AbstractFileRegion {
        private long taken;

        @Override
        public long position() {
            return 0;
        }

        @Override
        public long transferred() {
            return taken;
        }

        @Override
        public long count() {
            return size();
        }

        @Override
        public long transferTo(WritableByteChannel target, long position) throws IOException {
            int first = (int) (position / wire.bytes());
            int count = Math.min(SCRATCH_BYTES / wire.bytes(), length - first);
            ByteBuffer bytes = SCRATCH.get().clear().order(ByteOrder.LITTLE_ENDIAN);
            wire.write(values, offset + first, count, bytes);
            bytes.limit(count * wire.bytes()).position((int) (position % wire.bytes()));
            int written = target.write(bytes);
            taken += written;
            return written;
        }

        @Override
        protected void deallocate() {
            whenRead.run();
        }
    }
}
