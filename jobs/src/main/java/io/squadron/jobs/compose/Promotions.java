package io.squadron.jobs.compose;

import io.squadron.driver.registry.Lease;
import io.squadron.driver.registry.Pointer;
import io.squadron.driver.registry.Registry;
import io.squadron.failure.Failure;
import io.squadron.jobs.config.JobConfig;
import io.squadron.storage.Storage;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** Moves the pointer of a registry by hand. Needs no Spark. */
public record Promotions(Storage storage, JobConfig config, Clock clock) {
    /** Promotes {@code to} again, or else what was promoted before the model of now; returns what was done, for people. */
    public String rollback(Optional<String> to) {
        Registry registry = Registry.at(storage, config.retrain().registry());
        Pointer pointer = registry.pointer();
        String target = to.orElseGet(pointer::before);
        if (!pointer.knows(target) || !storage.exists(registry.model(target))) {
            throw Failure.state(
                    "Cannot roll back to '%s': no model of that name has been promoted in %s (expected one that "
                            + "`squadron registry` lists as promoted). Correct --to",
                    target, registry.directory());
        }
        Lease.Attempt attempt = Lease.take(
                storage,
                registry.lock(),
                "rollback " + UUID.randomUUID(),
                config.retrain().lease(),
                clock::millis);
        if (attempt instanceof Lease.Attempt.Busy busy) {
            throw Failure.state(
                    "Cannot roll back in %s: %s is at work there (its lease ends %s). Wait for its end",
                    registry.directory(), busy.holder().owner(), busy.holder().ends());
        }
        Lease lease = ((Lease.Attempt.Taken) attempt).lease();
        try {
            String at = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
            registry.point(registry.pointer().to(target, at, Pointer.Why.ROLLED_BACK));
        } finally {
            lease.release();
        }
        return "promoted: %s (before: %s)".formatted(target, pointer.model());
    }
}
