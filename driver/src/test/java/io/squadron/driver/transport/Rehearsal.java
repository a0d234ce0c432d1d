package io.squadron.driver.transport;

import io.squadron.collective.Collective;
import io.squadron.collective.Pending;
import io.squadron.collective.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * The messages of training steps without the training: norms are exchanged and gradients summed as a replica does it, and
 * where it would compute, it waits. So many replicas fit on few cores, in network namespaces with the rate of a network to be
 * rehearsed; see {@code docs/results/scripts/scaling.sh}.
 *
 * <p>{@code Rehearsal rank size host folder computeMillis norms channels gradientValues steps}: addresses are exchanged
 * through files in the folder; rank 0 prints what it measured as one line of JSON, in seconds.
 */
public final class Rehearsal {
    /** As in {@code replica.GradientExchange}. */
    private static final int STRETCH = 1 << 20;

    private final Collective ranks;
    private final double compute;
    private final int norms;
    private final double[] statistics;
    private final float[] gradient;

    private Rehearsal(Collective ranks, String[] words) {
        this.ranks = ranks;
        this.compute = Double.parseDouble(words[4]) / 1e3;
        this.norms = Integer.parseInt(words[5]);
        this.statistics = new double[2 * Integer.parseInt(words[6])];
        this.gradient = new float[Integer.parseInt(words[7])];
    }

    public static void main(String[] words) throws Exception {
        int rank = Integer.parseInt(words[0]);
        int size = Integer.parseInt(words[1]);
        int steps = Integer.parseInt(words[8]);
        TransportSettings settings = new TransportSettings(
                words[2], Duration.ofMinutes(2), Wire.FLOAT32, Map.of(), new Authentication.None());
        try (TransportListener listener =
                TransportListener.open(new Membership("rehearsal", "0", rank, size), settings)) {
            List<Address> addresses = swap(Path.of(words[3]), rank, size, listener.address());
            Collective ranks = listener.connect(addresses);
            Rehearsal rehearsal = new Rehearsal(ranks, words);
            rehearsal.step(true, true);
            String line = String.format(
                    Locale.ROOT,
                    "{\"replicas\": %d, \"gather\": %.6f, \"sum\": %.4f, \"compute\": %.4f, \"norms\": %.4f, "
                            + "\"gradients\": %.4f, \"step\": %.4f}",
                    size,
                    rehearsal.median(100, rehearsal::gather),
                    rehearsal.median(steps, rehearsal::sum),
                    rehearsal.median(steps, () -> rehearsal.step(false, false)),
                    rehearsal.median(steps, () -> rehearsal.step(true, false)),
                    rehearsal.median(steps, () -> rehearsal.step(false, true)),
                    rehearsal.median(steps, () -> rehearsal.step(true, true)));
            if (rank == 0) {
                System.out.println(line);
            }
            ranks.close();
        }
    }

    private static List<Address> swap(Path folder, int rank, int size, Address mine) throws IOException {
        Path draft = Files.writeString(folder.resolve("draft-" + rank), mine.toString());
        Files.move(draft, folder.resolve("rank-" + rank), StandardCopyOption.ATOMIC_MOVE);
        List<Address> addresses = new ArrayList<>();
        for (int other = 0; other < size; other++) {
            Path file = folder.resolve("rank-" + other);
            while (!Files.exists(file)) {
                LockSupport.parkNanos(10_000_000);
            }
            addresses.add(Address.parse(Files.readString(file)));
        }
        return addresses;
    }

    private double median(int times, Runnable what) {
        double[] seconds = new double[times];
        for (int i = 0; i < times; i++) {
            ranks.barrier("turn");
            long began = System.nanoTime();
            what.run();
            seconds[i] = (System.nanoTime() - began) / 1e9;
        }
        Arrays.sort(seconds);
        return seconds[times / 2];
    }

    private void gather() {
        ranks.allGather("norm", statistics);
    }

    private void sum() {
        ranks.allReduce("gradient", gradient, 0, gradient.length);
    }

    /** Forward a third of the computing, backward two; gradients become ready evenly over backward. */
    private void step(boolean exchangeNorms, boolean sumGradients) {
        pass(1.0 / 3, exchangeNorms, false);
        pass(2.0 / 3, exchangeNorms, sumGradients).forEach(Pending::await);
    }

    private List<Pending> pass(double share, boolean exchangeNorms, boolean sumGradients) {
        List<Pending> sums = new ArrayList<>();
        int sent = 0;
        for (int norm = 1; norm <= norms; norm++) {
            compute(share * compute / norms);
            if (exchangeNorms) {
                gather();
            }
            int ready = (int) ((long) gradient.length * norm / norms);
            while (sumGradients && (ready - sent >= STRETCH || (norm == norms && ready > sent))) {
                int length = Math.min(STRETCH, ready - sent);
                sums.add(ranks.allReduceAsync("gradient", gradient, sent, length));
                sent += length;
            }
        }
        return sums;
    }

    private static void compute(double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
