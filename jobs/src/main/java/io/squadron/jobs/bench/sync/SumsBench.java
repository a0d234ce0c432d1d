package io.squadron.jobs.bench.sync;

import io.squadron.collective.Collective;
import io.squadron.collective.Wire;
import io.squadron.driver.transport.Address;
import io.squadron.driver.transport.Authentication;
import io.squadron.driver.transport.Membership;
import io.squadron.driver.transport.TransportListener;
import io.squadron.driver.transport.TransportSettings;
import io.squadron.failure.Failure;
import io.squadron.jobs.bench.sync.SyncAnswer.Sums;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The sum of a long vector over two processes, in turn with a plain pair of sockets that moves as many bytes both ways. The
 * second process runs {@link #main}; the two exchange their addresses through its standard streams.
 */
public final class SumsBench {
    private static final int WARMUP = 60;
    private static final int TURNS = 31;

    private final int rank;
    private final InputStream lines;
    private final OutputStream to;

    private SumsBench(int rank, InputStream lines, OutputStream to) {
        this.rank = rank;
        this.lines = lines;
        this.to = to;
    }

    /** Medians over a vector of {@code length} values. */
    static Sums run(int length) throws IOException {
        Process second = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + (length / (1 << 18) + 256) + "m",
                        "-cp",
                        classPath(),
                        SumsBench.class.getName(),
                        Integer.toString(length))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return new SumsBench(0, second.getInputStream(), second.getOutputStream()).measure(length);
        } finally {
            second.destroyForcibly();
        }
    }

    /** The second process. */
    public static void main(String[] arguments) throws IOException {
        OutputStream real = System.out;
        System.setOut(System.err);
        Sums unusedHere = new SumsBench(1, System.in, real).measure(Integer.parseInt(arguments[0]));
        if (unusedHere.bytes() == 0) {
            throw new IllegalStateException("nothing was moved");
        }
    }

    private Sums measure(int length) throws IOException {
        Duration deadline = Duration.ofSeconds(60);
        TransportSettings settings =
                new TransportSettings("127.0.0.1", deadline, Wire.FLOAT32, Map.of(), new Authentication.None());
        try (TransportListener listener = TransportListener.open(new Membership("bench", "0", rank, 2), settings)) {
            Address mine = listener.address();
            Address other = Address.parse(swap(mine.toString()));
            Collective collective = listener.connect(rank == 0 ? List.of(mine, other) : List.of(other, mine));
            try (SocketChannel plain = PlainSockets.open(rank, this::swap)) {
                return turns(collective, plain, new float[length]);
            } finally {
                collective.close();
            }
        }
    }

    private Sums turns(Collective collective, SocketChannel plain, float[] values) throws IOException {
        long bytes = (long) values.length * Float.BYTES;
        double[] ours = new double[TURNS];
        double[] theirs = new double[TURNS];
        for (int turn = -WARMUP; turn < TURNS; turn++) {
            Arrays.fill(values, rank + 1);
            collective.barrier("sum");
            long began = System.nanoTime();
            collective.allReduce("gradient", values, 0, values.length);
            long summed = System.nanoTime();
            collective.barrier("plain");
            long moving = System.nanoTime();
            PlainSockets.move(plain, bytes);
            if (turn >= 0) {
                ours[turn] = (summed - began) / 1e9;
                theirs[turn] = (System.nanoTime() - moving) / 1e9;
            }
            requireSum(values);
        }
        return new Sums(bytes, median(ours), median(theirs));
    }

    private static void requireSum(float[] values) {
        for (float value : values) {
            if (value != 3) {
                throw Failure.replica("Cannot trust the bench: 1 + 2 was summed to %s", value);
            }
        }
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private String swap(String mine) throws IOException {
        to.write((mine + "\n").getBytes(StandardCharsets.UTF_8));
        to.flush();
        StringBuilder line = new StringBuilder();
        for (int next = lines.read(); next != '\n'; next = lines.read()) {
            if (next < 0) {
                throw new IOException("the other process of the bench ended");
            }
            line.append((char) next);
        }
        return line.toString();
    }

    private static String classPath() {
        try {
            return Path.of(SumsBench.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    + File.pathSeparator
                    + System.getProperty("java.class.path");
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Cannot tell where Squadron's own classes lie", e);
        }
    }
}
