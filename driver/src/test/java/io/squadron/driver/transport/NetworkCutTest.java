package io.squadron.driver.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.collective.Collective;
import io.squadron.collective.Ranks;
import io.squadron.failure.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the ranks say when the network between them fails while both live. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NetworkCutTest {
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final int VALUES = 3_000_000;

    private final Relay relay = new Relay();

    @AfterEach
    void end() throws IOException {
        relay.close();
    }

    /** Two ranks, the second of which reaches the first through the relay. */
    private List<Collective> pair() throws IOException {
        TransportSettings settings = Groups.plain(DEADLINE);
        TransportListener zero = TransportListener.open(new Membership("run", "round 0", 0, 2), settings);
        TransportListener one = TransportListener.open(new Membership("run", "round 0", 1, 2), settings);
        List<Address> addresses = List.of(relay.before(zero.address()), one.address());
        CompletableFuture<Collective> first = CompletableFuture.supplyAsync(() -> zero.connect(addresses));
        Collective second = one.connect(addresses);
        return List.of(first.join(), second);
    }

    private static void sums(Collective ranks, Runnable afterTheSecond) {
        for (int i = 0; i < 1000; i++) {
            ranks.allReduce("gradient " + i, new float[VALUES], 0, VALUES);
            if (i == 1 && ranks.rank() == 0) {
                afterTheSecond.run();
            }
        }
    }

    private List<Throwable> failures(List<Collective> pair, Runnable afterTheSecond) {
        try {
            return Ranks.failures(pair, ranks -> sums(ranks, afterTheSecond));
        } finally {
            pair.forEach(Collective::close);
        }
    }

    @Test
    void bothLearnAtOnceThatTheirConnectionWasCut() throws Exception {
        long began = System.nanoTime();
        List<Throwable> failures = failures(pair(), () -> {
            try {
                relay.cut();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(failures).as("failures").allSatisfy(failure -> {
            assertThat(((Failure) failure).kind()).as("kind").isEqualTo(Failure.Kind.REPLICA);
            assertThat(failure)
                    .as("failure")
                    .hasMessageMatching(
                            "(?s)Cannot sum .gradient \\d+.*: rank [01] was lost: its connection .* closed.*");
        });
        assertThat(Duration.ofNanos(System.nanoTime() - began)).as("time").isLessThan(DEADLINE.multipliedBy(10));
    }

    @Test
    void theDeadlineNamesTheRankBehindANetworkThatLosesEverything() throws Exception {
        List<Throwable> failures = failures(pair(), relay::fallSilent);
        for (int rank = 0; rank < 2; rank++) {
            assertThat(failures.get(rank))
                    .as("failure of rank %d", rank)
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("rank %d".formatted(1 - rank))
                    .hasMessageContaining("2.0 s")
                    .hasMessageContaining("127.0.0.1");
        }
    }
}
