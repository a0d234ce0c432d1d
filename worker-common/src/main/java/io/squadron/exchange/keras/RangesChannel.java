package io.squadron.exchange.keras;

import io.squadron.exchange.ByteRanges;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A file on any storage as what jhdf reads from. */
final class RangesChannel implements SeekableByteChannel {
    private final ByteRanges file;
    private long position;
    private boolean open = true;

    RangesChannel(ByteRanges file) {
        this.file = file;
    }

    @Override
    public int read(ByteBuffer target) {
        int count = (int) Math.min(target.remaining(), file.length() - position);
        if (count <= 0) {
            return target.hasRemaining() ? -1 : 0;
        }
        target.put(file.bytes(position, count));
        position += count;
        return count;
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long place) {
        position = place;
        return this;
    }

    @Override
    public long size() {
        return file.length();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        file.close();
    }
}
