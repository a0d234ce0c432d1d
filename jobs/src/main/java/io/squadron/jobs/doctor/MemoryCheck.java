package io.squadron.jobs.doctor;

/**
 * Whether heap and native memory are bounded, and fit the machine. The networks live outside the heap, where only
 * JavaCPP's limits hold.
 *
 * @param physical bytes of the machine or container
 * @param heap most bytes the heap may take
 * @param nativeLimit org.bytedeco.javacpp.maxbytes, in bytes; 0 where it is not set (JavaCPP then takes the heap's size)
 * @param processLimit org.bytedeco.javacpp.maxphysicalbytes, in bytes; 0 where it is not set (then twice the heap)
 */
record MemoryCheck(long physical, long heap, long nativeLimit, long processLimit) implements Check {
    private static final long SMALLEST_HEAP = 1L << 30;

    @Override
    public Finding examine() {
        long outside = nativeLimit > 0 ? nativeLimit : heap;
        String found = "%s physical; heap %s, native %s%s, process %s"
                .formatted(
                        size(physical),
                        size(heap),
                        size(outside),
                        nativeLimit > 0 ? "" : " (by default)",
                        processLimit > 0 ? size(processLimit) : "twice the heap (by default)");
        if (heap > physical) {
            return Finding.fail("memory", found, "Lower --driver-memory below the machine's memory");
        }
        if (heap < SMALLEST_HEAP) {
            return Finding.fail(
                    "memory", found, "Give the driver and the executors at least 1 GiB (--driver-memory 2g)");
        }
        if (heap + outside > physical) {
            return Finding.warn(
                    "memory",
                    found,
                    "Heap and native memory exceed the machine: lower --driver-memory or "
                            + "-Dorg.bytedeco.javacpp.maxbytes");
        }
        if (processLimit > 0 && processLimit < heap + outside) {
            return Finding.warn(
                    "memory",
                    found,
                    "-Dorg.bytedeco.javacpp.maxphysicalbytes counts the heap, too: raise it to "
                            + size(heap + outside));
        }
        return Finding.ok("memory", found);
    }

    /** Reads JavaCPP's own way to write a size: a number with k, m, g or t; 0 for nothing. */
    static long bytes(String text) {
        String lower = text.strip().toLowerCase(java.util.Locale.ROOT);
        if (!lower.matches("\\d+[kmgt]?b?")) {
            return 0;
        }
        int shift = lower.contains("k")
                ? 10
                : lower.contains("m") ? 20 : lower.contains("g") ? 30 : lower.contains("t") ? 40 : 0;
        return Long.parseLong(lower.replaceAll("\\D", "")) << shift;
    }

    private static String size(long bytes) {
        return "%.1f GiB".formatted(bytes / (double) (1L << 30));
    }
}
