package io.squadron.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before an HTTP server and spoils some of its answers; every connection carries one request. */
public final class FaultyRelay implements AutoCloseable {
    /** What becomes of an answer. */
    public enum Fault {
        NONE,
        /** "500 Internal Error". */
        SERVER_ERROR,
        /** It begins a second late. */
        SLOW,
        /** It ends after its first kilobyte. */
        TRUNCATED,
        /** "400 ExpiredToken". */
        EXPIRED
    }

    private final ServerSocket door;
    private final int server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger spoiled = new AtomicInteger();
    private final AtomicInteger seen = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private volatile List<Fault> faults = List.of(Fault.NONE);
    private volatile int every = 1;

    /** Stands before the server at port {@code server} of this machine. */
    public FaultyRelay(int server) throws IOException {
        this.server = server;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** Spoils the next {@code count} answers to GET, of objects and listings alike. */
    public void spoil(Fault kind, int count) {
        faults = List.of(kind);
        every = 1;
        seen.set(0);
        spoiled.set(0);
        left.set(kind == Fault.NONE ? 0 : count);
    }

    /** Spoils each answer to GET whose number {@code every} divides, as {@code kinds} in turn, until it is told otherwise. */
    public void spoilEach(int every, List<Fault> kinds) {
        spoil(Fault.NONE, 0);
        this.faults = List.copyOf(kinds);
        this.every = every;
        left.set(Integer.MAX_VALUE);
    }

    /** How many answers were spoiled since it was last asked to. */
    public int spoiled() {
        return spoiled.get();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                threads.execute(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server)) {
            String head = head(client.getInputStream());
            Fault now = head.startsWith("GET ") ? next() : Fault.NONE;
            if (now == Fault.SERVER_ERROR || now == Fault.EXPIRED) {
                refuse(client.getOutputStream(), now);
                return;
            }
            upstream.getOutputStream().write(alone(head).getBytes(ISO_8859_1));
            threads.execute(() -> pump(client, upstream));
            if (now == Fault.SLOW) {
                Thread.sleep(1000);
            }
            copy(upstream.getInputStream(), client.getOutputStream(), now == Fault.TRUNCATED ? 1024 : Long.MAX_VALUE);
        } catch (IOException gone) {
            // Clients may hang up whenever they like.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What becomes of the next answer to GET. */
    private Fault next() {
        if (seen.incrementAndGet() % every != 0 || left.get() <= 0 || left.getAndDecrement() <= 0) {
            return Fault.NONE;
        }
        return faults.get(spoiled.getAndIncrement() % faults.size());
    }

    private static void refuse(OutputStream out, Fault fault) throws IOException {
        String code = fault == Fault.EXPIRED ? "ExpiredToken" : "InternalError";
        String body = "<Error><Code>" + code + "</Code><Message>spoiled</Message></Error>";
        String status = fault == Fault.EXPIRED ? "400 Bad Request" : "500 Internal Server Error";
        out.write(("HTTP/1.1 " + status + "\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body)
                .getBytes(UTF_8));
        out.flush();
    }

    /** The same request, after whose answer the connection ends. */
    private static String alone(String head) {
        return head.replaceAll("(?i)\r\nConnection: [^\r]*", "").replaceFirst("\r\n", "\r\nConnection: close\r\n");
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("hung up");
            }
            head.write(next);
        }
        return head.toString(ISO_8859_1);
    }

    private static void pump(Socket from, Socket to) {
        try {
            copy(from.getInputStream(), to.getOutputStream(), Long.MAX_VALUE);
        } catch (IOException gone) {
            // The answer has been given.
        }
    }

    private static void copy(InputStream in, OutputStream out, long most) throws IOException {
        byte[] buffer = new byte[8192];
        long left = most;
        for (int got = in.read(buffer); got >= 0 && left > 0; got = in.read(buffer)) {
            out.write(buffer, 0, (int) Math.min(got, left));
            out.flush();
            left -= got;
            if (left <= 0) {
                return;
            }
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
