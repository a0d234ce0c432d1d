package io.squadron.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InProcessTest extends CollectiveContract {
    @Override
    protected List<Collective> group(int size, Duration deadline) {
        return InProcess.group(size, deadline);
    }

    @Test
    void ranksThatJoinWithOneKeyAreOneGroupUntilAllHaveClosed() {
        String key = "round 3, attempt 0";
        Collective zero = InProcess.join(key, 0, 2, PATIENT);
        Collective one = InProcess.join(key, 1, 2, PATIENT);
        Collective other = InProcess.join("round 3, attempt 1", 0, 1, PATIENT);
        Ranks.run(List.of(zero, one), collective -> {
            assertThat(collective.allGather("hello", new double[] {collective.rank()}))
                    .hasDimensions(2, 1);
            return null;
        });
        other.barrier("alone");
        other.close();
        zero.close();
        assertThat(Rendezvous.holds(key)).isTrue();
        one.close();
        assertThat(Rendezvous.holds(key)).isFalse();
        assertThat(Rendezvous.holds("round 3, attempt 1")).isFalse();
    }

    @Test
    void aRankThatNeverJoinsIsNamed() {
        Collective zero = InProcess.join("never", 0, 2, SHORT);
        assertReplica(catchThrowable(() -> zero.barrier("start")))
                .hasMessage("Cannot gather 'start' at rank 0: rank 1 did not come within 0.2 s (never seen: rank 1)");
        zero.close();
    }

    @Test
    void whoJoinsABrokenGroupLearnsItAndWhoLeftItMayBeginAnew() {
        Collective zero = InProcess.join("broken", 0, 2, PATIENT);
        zero.abort(new IllegalStateException("no memory"));
        zero.close();
        Collective late = InProcess.join("broken", 1, 2, PATIENT);
        assertThatThrownBy(() -> late.barrier("start")).hasMessageContaining("rank 0 gave up: no memory");
        late.close();
        Collective again = InProcess.join("broken", 0, 1, PATIENT);
        again.barrier("start");
        again.close();
        assertThat(Rendezvous.holds("broken")).isFalse();
    }

    @Test
    void aRankOrSizeThatDoesNotFitIsRefused() {
        Collective zero = InProcess.join("fit", 0, 2, PATIENT);
        assertThatThrownBy(() -> InProcess.join("fit", 0, 2, PATIENT))
                .hasMessage("Cannot join group 'fit' as rank 0: that rank is there already (expected each rank once)");
        assertThatThrownBy(() -> InProcess.join("fit", 1, 3, PATIENT))
                .hasMessage("Cannot join group 'fit' as one of 3 replicas: another rank joined it as one of 2");
        Collective one = InProcess.join("fit", 1, 2, PATIENT);
        zero.close();
        one.close();
    }

    @Test
    void anInterruptedRankBreaksTheGroupAndStaysInterrupted() {
        List<Collective> group = InProcess.group(2, PATIENT);
        Thread.currentThread().interrupt();
        Throwable thrown = catchThrowable(() -> group.get(0).barrier("start"));
        assertThat(Thread.interrupted()).isTrue();
        assertReplica(thrown).hasMessage("Cannot gather 'start' at rank 0: rank 0 was interrupted");
        assertReplica(catchThrowable(() -> group.get(1).barrier("start")))
                .hasMessage("Cannot gather 'start' at rank 1: rank 0 was interrupted");
    }

    @Test
    void aClosedMemberMakesNoCalls() {
        Collective alone = InProcess.group(1, PATIENT).get(0);
        alone.close();
        assertThatThrownBy(() -> alone.barrier("start")).isInstanceOf(IllegalStateException.class);
    }
}
