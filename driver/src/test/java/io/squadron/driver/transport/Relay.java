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

/** Stands between two ranks, passes on what they say, and keeps a copy: a capture of the wire. */
final class Relay implements Closeable {
    private final List<Closeable> open = new ArrayList<>();
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

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
            to.write(bytes, 0, count);
        }
    }

    /** All bytes that went either way; each character is a byte. */
    String heard() {
        synchronized (heard) {
            return heard.toString(java.nio.charset.StandardCharsets.ISO_8859_1);
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
