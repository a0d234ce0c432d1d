package io.squadron.driver.transport;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands between two ranks, passes on what they say, and keeps a copy: a capture of the wire. Can be cut, as by a firewall
 * that resets connections, or fall silent, as a network that loses its packets.
 */
final class Relay implements Closeable {
    private final List<Closeable> open = new ArrayList<>();
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private volatile boolean silent;

    /** An address that leads to {@code behind}. */
    Address before(Address behind) throws IOException {
        return new Address(behind.host(), listen(behind.prompt()), listen(behind.bulk()));
    }

    private int listen(int behind) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        keep(server);
        start(() -> {
            while (true) {
                Socket caller = server.accept();
                Socket called = new Socket(InetAddress.getLoopbackAddress(), behind);
                keep(caller);
                keep(called);
                start(() -> pass(caller.getInputStream(), called.getOutputStream()));
                start(() -> pass(called.getInputStream(), caller.getOutputStream()));
            }
        });
        return server.getLocalPort();
    }

    private void pass(InputStream from, OutputStream to) throws IOException {
        byte[] bytes = new byte[1 << 16];
        for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
            synchronized (heard) {
                heard.write(bytes, 0, count);
            }
            if (!silent) {
                to.write(bytes, 0, count);
            }
        }
    }

    /** All bytes that went either way; each character is a byte. */
    String heard() {
        synchronized (heard) {
            return heard.toString(java.nio.charset.StandardCharsets.ISO_8859_1);
        }
    }

    /** From now on what is said is lost, and the connections stay. */
    void fallSilent() {
        silent = true;
    }

    /** Ends all connections, in the middle of a word. */
    synchronized void cut() throws IOException {
        for (Closeable each : open) {
            if (each instanceof Socket socket) {
                socket.setSoLinger(true, 0);
                socket.close();
            }
        }
    }

    private synchronized void keep(Closeable one) {
        open.add(one);
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void start(Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException closed) {
                        // The end of a connection ends its thread.
                    }
                },
                "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void close() throws IOException {
        for (Closeable each : open) {
            each.close();
        }
    }
}
