package io.squadron.driver.transport;

import io.squadron.collective.Wire;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.spark.network.client.StreamCallbackWithID;

/**
 * Takes in one piece of a vector as the socket gives it, straight to its place. What arrives may end in the middle of a
 * value. Called by the connection's thread alone.
 */
final class Inlet implements StreamCallbackWithID {
    /** Values: 8 KiB. */
    private static final int BLOCK = 2048;

    private final Wire wire;
    private final Target target;
    private final int end;
    private final Runnable whenWhole;
    private final ByteBuffer begun;
    private int position;

    /** Where values go that have arrived. */
    interface Target {
        /** Takes {@code count} values from the position of {@code from} on, which stays; the first belongs at {@code place}. */
        void take(ByteBuffer from, int place, int count);

        /** They take the place of those in {@code values}. */
        static Target replace(float[] values, Wire wire) {
            return (from, place, count) -> wire.read(from, values, place, count);
        }

        /** They are added to those in {@code values}: read and added while they are in the processor's cache. */
        static Target add(float[] values, Wire wire) {
            float[] block = new float[BLOCK];
            return (from, place, count) -> {
                ByteBuffer rest = from.duplicate().order(from.order());
                for (int done = 0; done < count; done += BLOCK) {
                    int some = Math.min(BLOCK, count - done);
                    wire.read(rest, block, 0, some);
                    rest.position(rest.position() + some * wire.bytes());
                    Sums.add(block, 0, values, place + done, some);
                }
            };
        }
    }

    /** Fills the {@code length} places from {@code offset} on, then runs {@code whenWhole}. */
    Inlet(Wire wire, Target target, int offset, int length, Runnable whenWhole) {
        this.wire = wire;
        this.target = target;
        this.position = offset;
        this.end = offset + length;
        this.whenWhole = whenWhole;
        this.begun = ByteBuffer.allocate(wire.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void onData(String stream, ByteBuffer bytes) {
        ByteBuffer from = bytes.order(ByteOrder.LITTLE_ENDIAN);
        if (begun.position() > 0) {
            begin(from);
            if (begun.hasRemaining()) {
                return;
            }
            take(begun.flip(), 1);
            begun.clear();
        }
        int whole = from.remaining() / wire.bytes();
        take(from, whole);
        from.position(from.position() + whole * wire.bytes());
        begin(from);
    }

    private void begin(ByteBuffer from) {
        while (begun.hasRemaining() && from.hasRemaining()) {
            begun.put(from.get());
        }
    }

    private void take(ByteBuffer from, int count) {
        if (count > end - position) {
            throw new IllegalArgumentException("a piece is longer than %d values".formatted(end - position));
        }
        target.take(from, position, count);
        position += count;
    }

    @Override
    public void onComplete(String stream) {
        if (position != end) {
            throw new IllegalArgumentException("a piece lacks %d values".formatted(end - position));
        }
        whenWhole.run();
    }

    /** The connection is lost then, which the group hears for itself. */
    @Override
    public void onFailure(String stream, Throwable cause) {}

    @Override
    public String getID() {
        return "piece";
    }
}
