package io.squadron.engine;

import io.squadron.failure.Failure;
import io.squadron.model.ModelSpec;
import io.squadron.model.Weights;
import java.util.Optional;

/** A way to compute networks. Implementations are stateless and thread-safe; all state lies in their sessions. */
public interface Engine {
    /** The name people write in the configuration. */
    String name();

    /** Where {@code auto} puts it: the engine of the highest rank is taken. */
    int rank();

    /** Why it cannot compute on this machine, if it cannot. */
    default Optional<String> obstacle() {
        return Optional.empty();
    }

    /** What {@code wanted} comes to on this machine, never {@code AUTO}; fails if this engine cannot compute so here. */
    default Precision precision(Precision wanted) {
        if (wanted == Precision.BFLOAT16) {
            throw Failure.usage(
                    "Cannot compute in bfloat16 with engine %s: it knows float32 only. Choose engine onednn, or precision auto",
                    name());
        }
        return Precision.FLOAT32;
    }

    /**
     * Opens a session. {@code weights} stays the caller's array and stays live: the session reads it at the start of each
     * call, and writes to it only the running statistics of batch norms that are trained.
     */
    Session open(ModelSpec spec, Weights weights, SessionOptions options);
}
