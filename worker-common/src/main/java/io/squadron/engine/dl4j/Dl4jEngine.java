package io.squadron.engine.dl4j;

import io.squadron.engine.Engine;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.failure.Failure;
import io.squadron.model.ModelSpec;
import io.squadron.model.Weights;

/**
 * The engine of reference, on Deeplearning4j 1.0.0-M2.1. Every session has a thread of its own with its own number of
 * OpenMP threads, so that sessions in one JVM share the cores as they were told.
 */
public final class Dl4jEngine implements Engine {
    static final String NAME = "dl4j";

    static {
        // ND4J writes a dozen lines about itself when it starts, unless told otherwise before.
        if (System.getProperty("org.nd4j.log.initialization") == null) {
            System.setProperty("org.nd4j.log.initialization", "false");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public Session open(ModelSpec spec, Weights weights, SessionOptions options) {
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
        return new Dl4jSession(spec, weights, options);
    }
}
