package io.squadron.engine.onednn;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.bytedeco.dnnl.global.dnnl;

/** The native library: whether it can be used here, what this CPU can do, and on how many threads. */
final class Library {
    /** What has to be on the class path, and a file of each by which its presence shows. */
    private static final Map<String, String> JARS = Map.of(
            "org.bytedeco:javacpp:1.5.13", "org/bytedeco/javacpp/Loader.class",
            "org.bytedeco:javacpp:1.5.13:linux-x86_64", "org/bytedeco/javacpp/linux-x86_64/libjnijavacpp.so",
            "org.bytedeco:dnnl:3.11-1.5.13", "org/bytedeco/dnnl/global/dnnl.class",
            "org.bytedeco:dnnl:3.11-1.5.13:linux-x86_64", "org/bytedeco/dnnl/linux-x86_64/libjnidnnl.so",
            "org.bytedeco:opencl:3.0-1.5.13", "org/bytedeco/opencl/global/OpenCL.class",
            "org.bytedeco:opencl:3.0-1.5.13:linux-x86_64", "org/bytedeco/opencl/linux-x86_64/libjniOpenCL.so");

    private Library() {}

    /** The instructions that the library uses here, as it numbers them; fails with a LinkageError if it does not load. */
    static int features() {
        return Loaded.FEATURES;
    }

    /** Why nothing can be computed with {@code features}; empty if it can. */
    static Optional<String> obstacle(IntSupplier features) {
        try {
            return has(features.getAsInt(), dnnl.dnnl_cpu_isa_avx2)
                    ? Optional.empty()
                    : Optional.of("this CPU has no AVX2");
        } catch (LinkageError e) {
            List<String> missing = missing();
            return Optional.of(
                    missing.isEmpty()
                            ? "the native code of oneDNN does not load (%s); it runs on linux-x86_64"
                                    .formatted(rootOf(e))
                            : "the native code of oneDNN does not load: the class path lacks "
                                    + String.join(" and ", missing));
        }
    }

    /** The jars, as Maven names them. */
    static List<String> jars() {
        return JARS.keySet().stream().sorted().toList();
    }

    private static List<String> missing() {
        ClassLoader loader = Library.class.getClassLoader();
        return jars().stream()
                .filter(jar -> loader.getResource(JARS.get(jar)) == null)
                .toList();
    }

    /** Whether the CPU multiplies bfloat16 itself. */
    static boolean multipliesBfloat16(int features) {
        return has(features, dnnl.dnnl_cpu_isa_avx512_core_bf16);
    }

    /** Whether the library has fast code for bfloat16, if only by way of float32. */
    static boolean emulatesBfloat16(int features) {
        return has(features, dnnl.dnnl_cpu_isa_avx512_core);
    }

    private static boolean has(int features, int wanted) {
        return (features & wanted) == wanted;
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
        private static final int FEATURES;
        private static final OpenMp OPEN_MP;

        static {
            OpenMp.keepWaitsShort();
            FEATURES = dnnl.dnnl_get_effective_cpu_isa();
            OPEN_MP = OpenMp.loaded();
        }
    }
}
