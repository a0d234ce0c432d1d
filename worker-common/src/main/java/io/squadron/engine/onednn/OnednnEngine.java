package io.squadron.engine.onednn;

import io.squadron.engine.Engine;
import io.squadron.engine.Precision;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.failure.Failure;
import io.squadron.model.ModelSpec;
import io.squadron.model.Weights;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * The fast engine, on oneDNN 3.11. Wants linux on x86-64 with AVX2. A session computes on the thread that calls it, and on
 * as many OpenMP threads of that thread as it was told.
 */
public final class OnednnEngine implements Engine {
    static final String NAME = "onednn";

    private final IntSupplier features;

    public OnednnEngine() {
        this(Library::features);
    }

    /** On a CPU that has {@code features}, as the library numbers them. */
    OnednnEngine(IntSupplier features) {
        this.features = features;
    }

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
        return Library.obstacle(features);
    }

    /** bfloat16 of itself only where the CPU multiplies it; on request also where it takes AVX-512 and some conversions. */
    @Override
    public Precision precision(Precision wanted) {
        requireUsable();
        if (wanted == Precision.AUTO) {
            return Library.multipliesBfloat16(features.getAsInt()) ? Precision.BFLOAT16 : Precision.FLOAT32;
        }
        if (wanted == Precision.BFLOAT16 && !Library.emulatesBfloat16(features.getAsInt())) {
            throw Failure.usage(
                    "Cannot compute in bfloat16 with engine %s: this CPU has no AVX-512 (expected avx512_core at least). "
                            + "Choose precision float32, or auto",
                    NAME);
        }
        return wanted;
    }

    private void requireUsable() {
        obstacle().ifPresent(why -> {
            throw Failure.usage("Cannot use engine %s: %s. Choose engine dl4j, or auto", NAME, why);
        });
    }

    @Override
    public Session open(ModelSpec spec, Weights weights, SessionOptions options) {
        requireUsable();
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
