package io.squadron.jobs.bench.sync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** What a sum is held against: one connection over which both sides write and read at once, and look at nothing. */
final class PlainSockets {
    private static final int BUFFER = 1 << 18;

    private PlainSockets() {}

    /** Gives the other side a line and gets its line. */
    interface Swap {
        String with(String mine) throws IOException;
    }

    static SocketChannel open(int rank, Swap swap) throws IOException {
        if (rank == 0) {
            try (ServerSocketChannel server = ServerSocketChannel.open()) {
                server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                String port = Integer.toString(((InetSocketAddress) server.getLocalAddress()).getPort());
                requireSaid(swap.with(port), "ready");
                return server.accept();
            }
        }
        SocketChannel socket = SocketChannel.open();
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        int port = Integer.parseInt(swap.with("ready"));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    private static void requireSaid(String said, String expected) throws IOException {
        if (!said.equals(expected)) {
            throw new IOException("the other process of the bench said %s, not %s".formatted(said, expected));
        }
    }

    /** Sends and receives {@code bytes} at once. */
    static void move(SocketChannel socket, long bytes) throws IOException {
        Thread writer = new Thread(() -> write(socket, bytes), "plain writer");
        writer.start();
        ByteBuffer into = ByteBuffer.allocateDirect(BUFFER);
        for (long left = bytes; left > 0; ) {
            into.clear().limit((int) Math.min(BUFFER, left));
            int read = socket.read(into);
            if (read < 0) {
                throw new IOException("the other process of the bench closed its socket");
            }
            left -= read;
        }
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void write(SocketChannel socket, long bytes) {
        ByteBuffer from = ByteBuffer.allocateDirect(BUFFER);
        try {
            for (long left = bytes; left > 0; ) {
                from.clear().limit((int) Math.min(BUFFER, left));
                left -= socket.write(from);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
