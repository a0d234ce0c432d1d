package io.squadron.jobs.doctor;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which instructions the engines can use.
 *
 * @param information the text of /proc/cpuinfo; empty where there is none
 */
record CpuCheck(String information) implements Check {
    private static final List<String> USEFUL = List.of("avx2", "fma", "avx512f", "avx512_bf16", "amx_tile", "amx_bf16");

    @Override
    public Finding examine() {
        Set<String> flags = flags();
        if (flags.isEmpty()) {
            return Finding.warn("cpu", "no /proc/cpuinfo with flags", "Run on Linux, x86-64, to know");
        }
        List<String> found = USEFUL.stream().filter(flags::contains).toList();
        String shown = field("model name") + ": " + String.join(" ", found);
        return flags.contains("avx2")
                ? Finding.ok("cpu", shown)
                : Finding.warn("cpu", shown + "no avx2", "Training will be many times slower; use a newer machine");
    }

    private Set<String> flags() {
        String line = field("flags");
        return line.isEmpty() ? Set.of() : new HashSet<>(Arrays.asList(line.split("\\s+")));
    }

    private String field(String name) {
        return information
                .lines()
                .filter(line -> line.startsWith(name) && line.contains(":"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }
}
