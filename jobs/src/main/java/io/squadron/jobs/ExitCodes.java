package io.squadron.jobs;

import io.squadron.failure.Failure;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/** From what was thrown to the exit code of the process; the codes are explained in the help of {@link Squadron}. */
final class ExitCodes {
    static final int OK = 0;
    static final int BUG = 1;

    private ExitCodes() {}

    static int of(Throwable thrown) {
        return failure(thrown).map(failure -> failure.kind().exitCode()).orElse(BUG);
    }

    /**
     * The first failure in the chain of causes: Spark and futures wrap what a task throws. Memory that ran out is a
     * failure of the machine, not a bug.
     */
    static Optional<Failure> failure(Throwable thrown) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable each = thrown; each != null && seen.add(each); each = each.getCause()) {
            if (each instanceof Failure failure) {
                return Optional.of(failure);
            }
            if (each instanceof OutOfMemoryError) {
                return Optional.of(Failure.resources(
                                "Cannot go on: memory ran out (%s). Give more (--driver-memory, --executor-memory, "
                                        + "-Dorg.bytedeco.javacpp.maxbytes) or lower training.global-batch",
                                each.getMessage())
                        .causedBy(each));
            }
        }
        return Optional.empty();
    }
}
