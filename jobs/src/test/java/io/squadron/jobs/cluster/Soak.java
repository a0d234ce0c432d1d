package io.squadron.jobs.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs that are struck at random moments until enough strikes have been made; each has to end with the bits of a quiet run.
 * Started by {@code deploy/soak.sh}: strikes, seed, folder for everything, file for the figures.
 */
public final class Soak {
    private final StandaloneCluster cluster;
    private final Trial trial;
    private final long seed;
    private final Path json;
    private final List<Strike> strikes = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final Map<Integer, Long> heap = new TreeMap<>();
    private int runs;

    private Soak(StandaloneCluster cluster, Trial trial, long seed, Path json) {
        this.cluster = cluster;
        this.trial = trial;
        this.seed = seed;
        this.json = json;
    }

    /** Ends with code 0 only if every run ended, with the right bits, and nothing was left behind. */
    public static void main(String[] arguments) throws IOException {
        int wanted = Integer.parseInt(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        Path folder = Path.of(arguments[2]).toAbsolutePath();
        List<String> shared = sharedMemory();
        Runtime.getRuntime().addShutdownHook(new Thread(Soak::endProcesses));
        Soak soak;
        List<ProcessHandle> started;
        try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("cluster"), 3, Map.of())) {
            Trial trial = Trial.on(cluster, folder, folder.toUri().toString().replaceAll("/$", ""));
            soak = new Soak(cluster, trial, seed, Path.of(arguments[3]));
            soak.strike(wanted);
            soak.lookAtTheHeap();
            started = ProcessHandle.current().descendants().toList();
        }
        soak.require(started.stream().noneMatch(ProcessHandle::isAlive), "processes outlived the cluster");
        soak.require(sharedMemory().equals(shared), "shared memory was left behind");
        soak.write();
        soak.sum();
        System.exit(soak.faults.isEmpty() ? 0 : 1);
    }

    private static void endProcesses() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }

    private void strike(int wanted) throws IOException {
        trial.prepare();
        try (Program quiet = trial.train("quiet", StruckRun.settings())) {
            Trial.require(quiet);
        }
        Map<String, String> bits = trial.parts("quiet", StruckRun.LAST);
        System.out.println(
                "| run | killed | in round | after ms | processes | s to the next round's end | rounds repeated |");
        System.out.println("|---|---|---|---|---|---|---|");
        while (strikes.size() < wanted) {
            try (StruckRun run = new StruckRun(cluster, trial, runs, seed)) {
                strikes.addAll(run.run());
                require(trial.parts(run.name(), StruckRun.LAST).equals(bits), run.name() + " has other bits");
            } catch (IllegalStateException failed) {
                require(false, "run " + runs + ": " + failed.getMessage());
                return;
            }
            runs++;
            require(cluster.executors().isEmpty(), "executors outlived run " + (runs - 1));
            write();
        }
    }

    private void lookAtTheHeap() {
        heap.putAll(DriverHeap.of(trial).liveBytesByRound());
        heap.forEach(
                (round, bytes) -> System.out.printf("driver's heap after %d rounds: %d bytes live%n", round, bytes));
    }

    private void require(boolean holds, String fault) {
        if (!holds) {
            System.out.println("FAULT: " + fault);
            faults.add(fault);
        }
    }

    /** What lies in the system's shared memory. */
    private static List<String> sharedMemory() throws IOException {
        Path memory = Path.of("/dev/shm");
        if (!Files.isDirectory(memory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(memory)) {
            return files.map(Path::toString).sorted().toList();
        }
    }

    /** What is known so far: a soak that is cut short leaves what it has seen. */
    private void write() throws IOException {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("seed", seed).put("runs", runs).put("strikes", strikes.size());
        root.put("processes", strikes.stream().mapToInt(Strike::processes).sum());
        ArrayNode all = root.putArray("each");
        for (Strike each : strikes) {
            all.addObject()
                    .put("run", each.run())
                    .put("kind", each.kind().name())
                    .put("round", each.round())
                    .put("afterMillis", each.into())
                    .put("processes", each.processes())
                    .put("seconds", each.seconds())
                    .put("repeated", each.repeated());
        }
        ObjectNode live = root.putObject("driverHeapLiveBytes");
        heap.forEach((round, bytes) -> live.put(Integer.toString(round), bytes));
        ArrayNode bad = root.putArray("faults");
        faults.forEach(bad::add);
        ArrayNode left = root.putArray("leftovers");
        cluster.leftovers().forEach(file -> left.add(file.toString()));
        Files.writeString(json, root.toPrettyString() + "\n");
    }

    private void sum() {
        int processes = strikes.stream().mapToInt(Strike::processes).sum();
        System.out.printf(
                "%d strikes, %d processes killed, %d runs, %d faults: %s%n",
                strikes.size(), processes, runs, faults.size(), json);
    }
}
