package io.squadron.driver.registry;

import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The right to change a registry, for a while. Each holding has a number and a file of that name, which its holder made where
 * none was: of several who try at once one succeeds. The highest number rules; who finds it given back or expired takes the
 * next one. A holder that slept past its end finds a higher number, and has to leave. Ends are told by the clocks of the
 * machines that write and read them, so these have to agree to much less than the term.
 *
 * <p>On file: and hdfs: making a file where none is, is one step. Object stores overwrite: there two who start in the
 * same moment may both hold the lease until the first of them looks again ({@link #requireHeld}), which every stage does
 * before it commits.
 */
public final class Lease {
    private static final int TRIES = 5;

    private final Storage storage;
    private final String directory;
    private final Holder holder;
    private final Duration term;
    private final LongSupplier clock;

    private Lease(Storage storage, String directory, Holder holder, Duration term, LongSupplier clock) {
        this.storage = storage;
        this.directory = directory;
        this.holder = holder;
        this.term = term;
        this.clock = clock;
    }

    /**
     * What a lease file says.
     *
     * @param until milliseconds since 1970; 0: given back
     * @param ends the same for people
     */
    public record Holder(long number, String owner, long until, String ends) {
        Holder until(long other) {
            String text =
                    other == 0 ? "given back" : Instant.ofEpochMilli(other).toString();
            return new Holder(number, owner, other, text);
        }
    }

    /** What came of trying. */
    public sealed interface Attempt {
        /** It is ours. */
        record Taken(Lease lease) implements Attempt {}

        /** Another has it. */
        record Busy(Holder holder) implements Attempt {}
    }

    /** Takes the lease that lies in {@code directory}, if nobody holds it; {@code owner} is unique, {@code clock} in ms. */
    public static Attempt take(Storage storage, String directory, String owner, Duration term, LongSupplier clock) {
        storage.makeDirectories(directory);
        for (int i = 0; i < TRIES; i++) {
            Optional<Holder> latest = latest(storage, directory);
            if (latest.isPresent() && latest.get().until() > clock.getAsLong()) {
                return new Attempt.Busy(latest.get());
            }
            long number = latest.map(Holder::number).orElse(0L) + 1;
            Holder mine = new Holder(number, owner, 0, "").until(clock.getAsLong() + term.toMillis());
            Lease lease = new Lease(storage, directory, mine, term, clock);
            if (lease.claim() && lease.isHeld()) {
                lease.sweep();
                return new Attempt.Taken(lease);
            }
        }
        return new Attempt.Busy(latest(storage, directory).orElseThrow());
    }

    /** Puts the end off to a whole term from now; fails with STATE where another has taken over. */
    public void renew() {
        requireHeld();
        storage.replace(uri(), RegistryJson.bytes(holder.until(clock.getAsLong() + term.toMillis())));
    }

    /** Whether no one has taken over. */
    public boolean isHeld() {
        return latest(storage, directory)
                .filter(latest ->
                        latest.number() == holder.number() && latest.owner().equals(holder.owner()))
                .isPresent();
    }

    /** Fails with STATE where another has taken over. */
    public void requireHeld() {
        if (!isHeld()) {
            throw Failure.state(
                    "Cannot go on with %s: another process has taken over its lease (%s). This one was away for longer than "
                            + "%s; give a longer retrain.lease if that is usual",
                    directory, latest(storage, directory).map(Holder::owner).orElse("nobody"), term);
        }
    }

    /** Gives it back, if it is still ours. */
    public void release() {
        if (isHeld()) {
            storage.replace(uri(), RegistryJson.bytes(holder.until(0)));
        }
    }

    private boolean claim() {
        try {
            storage.publish(uri(), RegistryJson.bytes(holder));
            return true;
        } catch (Failure e) {
            if (e.kind() == Failure.Kind.STATE && storage.exists(uri())) {
                return false;
            }
            throw e;
        }
    }

    /** Lower numbers rule no more. */
    private void sweep() {
        storage.list(directory).stream()
                .filter(file -> isLease(file.name()) && file.name().compareTo(name(holder.number())) < 0)
                .forEach(file -> storage.delete(file.uri()));
    }

    private String uri() {
        return Storage.child(directory, name(holder.number()));
    }

    private static String name(long number) {
        return "%012d.json".formatted(number);
    }

    private static boolean isLease(String name) {
        return name.matches("\\d{12}\\.json");
    }

    /** The highest number; looks again where its file is swept away between listing and reading. */
    private static Optional<Holder> latest(Storage storage, String directory) {
        while (true) {
            List<String> files = storage.list(directory).stream()
                    .filter(file -> isLease(file.name()))
                    .map(file -> file.uri())
                    .toList();
            if (files.isEmpty()) {
                return Optional.empty();
            }
            String last = files.get(files.size() - 1);
            try {
                return Optional.of(RegistryJson.read(storage, last, Holder.class));
            } catch (Failure e) {
                if (storage.exists(last)) {
                    throw e;
                }
            }
        }
    }
}
