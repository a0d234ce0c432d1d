package io.squadron.driver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {
    private static final Storage STORAGE = Storage.of(Map.of());
    private static final Duration TERM = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final AtomicLong now = new AtomicLong(1_000_000);

    @Test
    void aLeaseKeepsOthersOutUntilItsEnd() {
        taken("first");
        now.addAndGet(59_999);
        Lease.Attempt second = take("second");
        assertThat(second).as("within the term").isInstanceOf(Lease.Attempt.Busy.class);
        assertThat(((Lease.Attempt.Busy) second).holder().owner())
                .as("who has it")
                .isEqualTo("first");
        now.addAndGet(1);
        assertThat(take("second")).as("after the term").isInstanceOf(Lease.Attempt.Taken.class);
    }

    @Test
    void renewingPutsTheEndOff() {
        Lease lease = taken("first");
        now.addAndGet(50_000);
        lease.renew();
        now.addAndGet(50_000);
        assertThat(take("second")).as("within the second term").isInstanceOf(Lease.Attempt.Busy.class);
    }

    @Test
    void whatIsGivenBackIsFree() {
        taken("first").release();
        assertThat(take("second")).as("after the release").isInstanceOf(Lease.Attempt.Taken.class);
    }

    @Test
    void whoSleptPastTheEndFindsOutAndTakesNothingAway() {
        Lease slept = taken("first");
        now.addAndGet(60_000);
        Lease second = taken("second");
        assertThat(slept.isHeld()).as("held by the sleeper").isFalse();
        assertThatThrownBy(slept::renew)
                .as("renewal by the sleeper")
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.kind()).as("kind").isEqualTo(Failure.Kind.STATE))
                .hasMessageContaining("second");
        slept.release();
        assertThat(second.isHeld()).as("still held by the second").isTrue();
        assertThat(take("third")).as("the third").isInstanceOf(Lease.Attempt.Busy.class);
    }

    @Test
    void whoSleptPastTheEndUnnoticedGoesOn() {
        Lease slept = taken("first");
        now.addAndGet(600_000);
        slept.renew();
        assertThat(take("second")).as("after the renewal").isInstanceOf(Lease.Attempt.Busy.class);
    }

    @Test
    void ofManyWhoStartAtOnceOneGetsIt() throws Exception {
        for (int round = 0; round < 20; round++) {
            assertThat(winners(8)).as("winners of round %d", round).isEqualTo(1);
            now.addAndGet(TERM.toMillis()); // the next round takes over what has expired
        }
        assertThat(STORAGE.list(folder.toString())).as("lease files left").hasSize(1);
    }

    private int winners(int contenders) throws Exception {
        CyclicBarrier start = new CyclicBarrier(contenders);
        ExecutorService threads = Executors.newFixedThreadPool(contenders);
        try {
            List<Future<Lease.Attempt>> attempts = new ArrayList<>();
            for (int i = 0; i < contenders; i++) {
                String owner = "contender " + i;
                attempts.add(threads.submit(() -> {
                    start.await();
                    return take(owner);
                }));
            }
            int winners = 0;
            for (Future<Lease.Attempt> attempt : attempts) {
                winners += attempt.get() instanceof Lease.Attempt.Taken ? 1 : 0;
            }
            return winners;
        } finally {
            threads.shutdownNow();
        }
    }

    private Lease taken(String owner) {
        Lease.Attempt attempt = take(owner);
        assertThat(attempt).as("attempt of %s", owner).isInstanceOf(Lease.Attempt.Taken.class);
        return ((Lease.Attempt.Taken) attempt).lease();
    }

    private Lease.Attempt take(String owner) {
        return Lease.take(STORAGE, folder.toString(), owner, TERM, now::get);
    }
}
