package io.squadron.driver.transport;

import com.sun.management.OperatingSystemMXBean;
import io.squadron.collective.Collective;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures, between two processes on one machine, the bytes per second of a sum of 100 MB against one plain socket pair
 * that moves as many bytes in both directions, turn about in one run; and the median time of small gathers.
 *
 * <p>Run with the test class path: {@code java ... AllReduceBench [spark.key=value ...]}; wire=BFLOAT16 sends half.
 */
public final class AllReduceBench {
    private static final int VALUES = 25_000_000;
    private static final int TURNS = 15;

    private final PrintStream out;
    private final InputStream lines;
    private final OutputStream to;
    private final int rank;

    private AllReduceBench(int rank, InputStream lines, OutputStream to, PrintStream out) {
        this.rank = rank;
        this.lines = lines;
        this.to = to;
        this.out = out;
    }

    /** The first process starts the second, and they exchange their addresses through its standard streams. */
    public static void main(String[] arguments) throws Exception {
        if (Arrays.asList(arguments).contains("second")) {
            PrintStream real = System.out;
            System.setOut(System.err);
            new AllReduceBench(1, System.in, real, System.err).run(arguments);
            return;
        }
        Process second = Processes.java(AllReduceBench.class, Processes.with("second", arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            new AllReduceBench(0, second.getInputStream(), second.getOutputStream(), System.out).run(arguments);
            second.waitFor();
        } finally {
            second.destroyForcibly();
        }
    }

    private String swap(String mine) throws IOException {
        to.write((mine + "\n").getBytes(StandardCharsets.UTF_8));
        to.flush();
        StringBuilder line = new StringBuilder();
        for (int next = lines.read(); next != '\n'; next = lines.read()) {
            if (next < 0) {
                throw new IOException("the other process ended");
            }
            line.append((char) next);
        }
        return line.toString();
    }

    private void run(String[] arguments) throws Exception {
        TransportSettings settings = Processes.settings(arguments, Duration.ofSeconds(60));
        try (TransportListener listener = TransportListener.open(new Membership("bench", "0", rank, 2), settings)) {
            Address mine = listener.address();
            Address other = Address.parse(swap(mine.toString()));
            Collective collective = listener.connect(rank == 0 ? List.of(mine, other) : List.of(other, mine));
            try (SocketChannel plain = plainSocket()) {
                sums(collective, plain);
            }
            for (int length : new int[] {100, 1000, 5000, 26_000}) {
                gathers(collective, length);
            }
            collective.close();
        }
    }

    private SocketChannel plainSocket() throws IOException {
        if (rank == 0) {
            try (ServerSocketChannel server = ServerSocketChannel.open()) {
                server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                swap(Integer.toString(((InetSocketAddress) server.getLocalAddress()).getPort()));
                return server.accept();
            }
        }
        SocketChannel socket = SocketChannel.open();
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(swap(""))));
        return socket;
    }

    private void sums(Collective collective, SocketChannel plain) throws Exception {
        float[] values = new float[VALUES];
        double[] ours = new double[TURNS];
        double[] theirs = new double[TURNS];
        double[] ourCpu = new double[TURNS];
        double[] theirCpu = new double[TURNS];
        for (int turn = -15; turn < TURNS; turn++) {
            Arrays.fill(values, rank + 1);
            collective.barrier("start");
            double before = cpuSeconds();
            double sum = seconds(() -> collective.allReduce("gradient", values, 0, VALUES));
            double between = cpuSeconds();
            collective.barrier("middle");
            double after = cpuSeconds();
            double move = seconds(() -> move(plain, 4L * VALUES));
            double end = cpuSeconds();
            if (turn >= 0) {
                ours[turn] = sum;
                theirs[turn] = move;
                ourCpu[turn] = between - before;
                theirCpu[turn] = end - after;
            }
        }
        double gigabytes = 4e-9 * VALUES;
        say(
                "sum of 100 MB: median %.1f ms, %.2f GB/s each way; plain socket pair: %.1f ms, %.2f GB/s; ratio %.2f",
                1e3 * median(ours),
                gigabytes / median(ours),
                1e3 * median(theirs),
                gigabytes / median(theirs),
                median(theirs) / median(ours));
        say(
                "processor time of this process: median %.1f ms and %.1f ms, ratio %.2f",
                1e3 * median(ourCpu), 1e3 * median(theirCpu), median(theirCpu) / median(ourCpu));
        say(
                "best of both: %.1f ms and %.1f ms, ratio %.2f",
                1e3 * min(ours), 1e3 * min(theirs), min(theirs) / min(ours));
    }

    /** Sends and receives {@code bytes} at once. */
    private static void move(SocketChannel socket, long bytes) throws Exception {
        Thread writer = new Thread(() -> {
            try {
                ByteBuffer from = ByteBuffer.allocateDirect(1 << 18);
                for (long left = bytes; left > 0; ) {
                    from.clear().limit((int) Math.min(from.capacity(), left));
                    left -= socket.write(from);
                }
            } catch (IOException broken) {
                throw new IllegalStateException(broken);
            }
        });
        writer.start();
        ByteBuffer into = ByteBuffer.allocateDirect(1 << 18);
        for (long left = bytes; left > 0; ) {
            into.clear().limit((int) Math.min(into.capacity(), left));
            left -= Math.max(0, socket.read(into));
        }
        writer.join();
    }

    private void gathers(Collective collective, int length) {
        double[] mine = new double[length];
        double[] times = new double[3000];
        for (int i = -2000; i < times.length; i++) {
            double time = seconds(() -> collective.allGather("norm", mine));
            if (i >= 0) {
                times[i] = time;
            }
        }
        say("gather of %d doubles: median %.0f us", length, 1e6 * median(times));
    }

    private interface Action {
        void run() throws Exception;
    }

    private static double seconds(Action action) {
        long start = System.nanoTime();
        try {
            action.run();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static double cpuSeconds() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    }

    private static double median(double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double min(double[] times) {
        return Arrays.stream(times).min().orElseThrow();
    }

    private void say(String format, Object... values) {
        if (rank == 0) {
            out.println(String.format(Locale.ROOT, format, values));
        }
    }
}
