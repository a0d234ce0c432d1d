package io.squadron.driver.transport;

import io.squadron.collective.Collective;
import io.squadron.failure.Failure;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A rank in a process of its own: {@code RankProcess rank size deadlineMillis steps [setting ...]}. Says its address, is
 * told those of all in one line, sums one vector after the other, and says the hash of each, or why it failed.
 */
public final class RankProcess {
    static final int VALUES = 300_000;

    private RankProcess() {}

    public static void main(String[] words) throws Exception {
        int rank = Integer.parseInt(words[0]);
        int size = Integer.parseInt(words[1]);
        TransportSettings settings = Processes.settings(words, Duration.ofMillis(Long.parseLong(words[2])));
        BufferedReader told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (TransportListener listener =
                TransportListener.open(new Membership("run", "round 0", rank, size), settings)) {
            System.out.println("ADDRESS " + listener.address());
            List<Address> addresses = Arrays.stream(told.readLine().split(" "))
                    .map(Address::parse)
                    .toList();
            run(listener.connect(addresses), Integer.parseInt(words[3]));
        } catch (Failure failed) {
            System.out.println("FAILED " + failed.getMessage());
        }
    }

    private static void run(Collective collective, int steps) {
        for (int step = 0; step < steps; step++) {
            float[] values = vector(step, collective.rank());
            collective.allReduce("gradient of step " + step, values, 0, VALUES);
            collective.barrier("end of step " + step);
            System.out.println("SUM " + Arrays.hashCode(values));
        }
        collective.close();
    }

    static float[] vector(int step, int rank) {
        return SameBitsTest.values(VALUES, 100 * (step % 3) + rank);
    }
}
