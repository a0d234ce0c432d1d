package io.squadron.engine.onednn;

import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;

/** The native library: whether it can be used here, and on how many threads. */
final class Library {
    private Library() {}

    /** Why nothing can be computed here; empty if it can. */
    static Optional<String> obstacle() {
        try {
            return Loaded.OBSTACLE;
        } catch (LinkageError e) {
            return Optional.of(
                    "the native code of oneDNN does not load (%s); it is in the jars org.bytedeco:dnnl, :opencl and :javacpp "
                                    .formatted(rootOf(e))
                            + "with the classifier of this platform, linux-x86_64");
        }
    }

    /** Sets how many threads the primitives that this Java thread makes or runs may use. Kept by OpenMP per thread. */
    static void threads(int count) {
        Loaded.OPEN_MP.threads(count);
    }

    private static Throwable rootOf(Throwable e) {
        return e.getCause() == null ? e : rootOf(e.getCause());
    }

    /** Initialised on first use, so that a missing library is a message and not a class that cannot be loaded. */
    private static final class Loaded {
        private static final Optional<String> OBSTACLE;
        private static final OpenMp OPEN_MP;

        static {
            OpenMp.keepWaitsShort();
            int features = dnnl.dnnl_get_effective_cpu_isa();
            OBSTACLE = (features & dnnl.dnnl_cpu_isa_avx2) == dnnl.dnnl_cpu_isa_avx2
                    ? Optional.empty()
                    : Optional.of("this CPU has no AVX2");
            OPEN_MP = OpenMp.loaded();
        }
    }
}
