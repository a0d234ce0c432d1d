package io.squadron.jobs.compose;

import io.squadron.driver.registry.Lease;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews a lease three times in its term while a job lives; closing it gives the lease back. */
final class LeaseKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final int PER_TERM = 3;

    private final Lease lease;
    private final ScheduledExecutorService clock;
    private final ScheduledFuture<?> renewals;

    LeaseKeeper(Lease lease, Duration term) {
        this.lease = lease;
        this.clock = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "squadron-lease");
            thread.setDaemon(true);
            return thread;
        });
        long pause = Math.max(1, term.toMillis() / PER_TERM);
        this.renewals = clock.scheduleAtFixedRate(this::renew, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** A store that does not answer now may answer the next time; who has lost the lease learns it from the next stage. */
    private void renew() {
        try {
            lease.renew();
        } catch (RuntimeException e) { // one that is let out would end all further renewals
            LOG.warn("The lease could not be renewed: {}", e.getMessage());
        }
    }

    /** Fails with STATE where another process has taken over. */
    void requireHeld() {
        lease.requireHeld();
    }

    boolean isHeld() {
        return lease.isHeld();
    }

    @Override
    public void close() {
        renewals.cancel(false);
        clock.shutdown();
        try {
            // A renewal under way would put the end off again.
            if (!clock.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("A renewal of the lease does not end; the lease is left to expire");
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        lease.release();
    }
}
