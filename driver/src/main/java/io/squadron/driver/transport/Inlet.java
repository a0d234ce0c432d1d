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
    private final Wire wire;
    private final float[] target;
    private final int end;
    private final Runnable whenWhole;
    private final ByteBuffer begun;
    private int position;

    /** Fills {@code target[offset .. offset+length)}, then runs {@code whenWhole}. */
    Inlet(Wire wire, float[] target, int offset, int length, Runnable whenWhole) {
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
        wire.read(from, target, position, count);
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
