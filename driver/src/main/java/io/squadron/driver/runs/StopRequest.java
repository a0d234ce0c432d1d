package io.squadron.driver.runs;

import io.squadron.storage.Storage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * The request to leave: the file {@code stop.json} in a run's directory. Who starts a run removes one that was left there
 * before; the driver looks for it after each round.
 *
 * @param run URI of the run's directory
 */
public record StopRequest(Storage storage, String run) implements BooleanSupplier {
    /** Its name in a run's directory. */
    public static final String FILE = "stop.json";

    /** Asks; asking twice is asking once. */
    public void ask(Instant now) {
        storage.replace(file(), "{\"at\":\"%s\"}%n".formatted(now).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether someone has asked. */
    @Override
    public boolean getAsBoolean() {
        return storage.exists(file());
    }

    /** Nobody has asked any more. */
    public void clear() {
        if (storage.exists(file())) {
            storage.delete(file());
        }
    }

    private String file() {
        return Storage.child(run, FILE);
    }
}
