package io.squadron.engine.onednn;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.util.Map;
import org.bytedeco.javacpp.Loader;

/**
 * The threads that primitives run on. Their number is kept by OpenMP for each thread that calls; how long they spin when they
 * wait for each other is fixed for the process when the runtime loads.
 */
final class OpenMp {
    /**
     * Rounds of spinning before a waiting thread sleeps, about 50 microseconds. The runtime's own choice is hundreds of times
     * more, which is good alone on a machine and ruinous beside threads that decode images: the thread waited for is then
     * often not running, and the one that waits takes its core (seen: steps six times as long on a busy machine).
     */
    private static final String ROUNDS = "2000";

    private final Function setThreads;

    private OpenMp(Function setThreads) {
        this.setThreads = setThreads;
    }

    /** To be called before anything loads the runtime; what the user has set in the environment stays. */
    static void keepWaitsShort() {
        Map<String, String> environment = System.getenv();
        if (!environment.containsKey("OMP_WAIT_POLICY") && !environment.containsKey("GOMP_SPINCOUNT")) {
            NativeLibrary.getInstance("c").getFunction("setenv").invokeInt(new Object[] {"GOMP_SPINCOUNT", ROUNDS, 0});
        }
    }

    /** The runtime that oneDNN was linked with; opening its file again gives the same library. */
    static OpenMp loaded() {
        String file = Loader.getLoadedLibraries().entrySet().stream()
                .filter(entry -> entry.getKey().contains("gomp"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new UnsatisfiedLinkError("oneDNN came without its OpenMP library"));
        return new OpenMp(NativeLibrary.getInstance(file).getFunction("omp_set_num_threads"));
    }

    /** Sets how many threads the primitives that this Java thread makes or runs may use. */
    void threads(int count) {
        setThreads.invokeVoid(new Object[] {count});
    }
}
