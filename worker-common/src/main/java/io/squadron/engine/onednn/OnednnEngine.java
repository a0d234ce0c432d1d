package io.squadron.engine.onednn;

import io.squadron.engine.Engine;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.failure.Failure;
import io.squadron.model.ModelSpec;
import io.squadron.model.Weights;
import java.util.Optional;

/**
 * The fast engine, on oneDNN 3.11. Wants linux on x86-64 with AVX2. A session computes on the thread that calls it, and on
 * as many OpenMP threads of that thread as it was told.
 */
public final class OnednnEngine implements Engine {
    static final String NAME = "onednn";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int rank() {
        return 10;
    }

    @Override
    public Optional<String> obstacle() {
        return Library.obstacle();
    }

    @Override
    public Session open(ModelSpec spec, Weights weights, SessionOptions options) {
        obstacle().ifPresent(why -> {
            throw Failure.usage("Cannot use engine %s: %s. Choose engine dl4j, or auto", NAME, why);
        });
        if (!weights.layout().equals(spec.layout())) {
            throw new IllegalArgumentException("Cannot open %s on weights of another network (%d values, expected %d)"
                    .formatted(
                            spec.architecture(),
                            weights.values().length,
                            spec.layout().length()));
        }
        if (options.threads() < 1) {
            throw Failure.usage("Cannot compute with %d threads (expected at least 1)", options.threads());
        }
        return new OnednnSession(spec, weights, options);
    }
}
