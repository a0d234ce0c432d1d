package io.squadron.jobs.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A master and workers of one core each, as processes of their own started from the embedded Spark, all on 127.0.0.1 and on
 * ports that the system chooses. Everything they and their executors write lies in one folder.
 */
final class StandaloneCluster implements AutoCloseable {
    /** Where the build is. */
    static final Path HOME = Path.of(System.getProperty("squadron.home"));

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");
    private static final Pattern REGISTERED = Pattern.compile("Successfully registered with master");

    private final Path folder;
    private final Map<String, String> properties;
    private final List<Program> workers = new ArrayList<>();
    private final Program master;
    private final String url;

    private StandaloneCluster(Path folder, Map<String, String> properties) {
        this.folder = folder;
        this.properties = Map.copyOf(properties);
        List.of("tmp", "local", "work").forEach(name -> makeFolder(folder.resolve(name)));
        this.master = daemon("master", "org.apache.spark.deploy.master.Master", List.of());
        try {
            this.url = master.await(MASTER, PATIENCE).group(1);
        } catch (RuntimeException failed) {
            master.close();
            throw failed;
        }
    }

    /**
     * Starts a cluster.
     *
     * @param folder an empty one
     * @param properties of Spark, for master and workers
     */
    static StandaloneCluster start(Path folder, int workers, Map<String, String> properties) {
        StandaloneCluster cluster = new StandaloneCluster(makeFolder(folder), properties);
        try {
            for (int i = 0; i < workers; i++) {
                cluster.addWorker("worker-" + i);
            }
            cluster.workers.forEach(worker -> worker.await(REGISTERED, PATIENCE));
        } catch (RuntimeException failed) {
            cluster.close();
            throw failed;
        }
        return cluster;
    }

    private void addWorker(String name) {
        Path work = folder.resolve("work").resolve(name);
        workers.add(daemon(
                name,
                "org.apache.spark.deploy.worker.Worker",
                List.of("--cores", "1", "--memory", "2g", "--work-dir", work.toString(), url)));
    }

    private Program daemon(String name, String type, List<String> arguments) {
        Path spark = HOME.resolve("jobs/target/spark");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary()));
        properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-cp", spark.resolve("jars") + "/*", type));
        command.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"));
        command.addAll(arguments);
        return Program.start(
                folder.resolve(name + ".log"),
                command,
                Map.of(
                        "SPARK_HOME", spark.toString(),
                        "SPARK_SCALA_VERSION", "2.12",
                        "SPARK_LOCAL_DIRS", folder.resolve("local").toString()));
    }

    /** What {@code --master} takes. */
    String url() {
        return url;
    }

    /** Where all processes put what they need for a while. */
    Path temporary() {
        return folder.resolve("tmp");
    }

    /** The executors that live, oldest first. */
    List<ProcessHandle> executors() {
        return workers.stream()
                .flatMap(worker -> worker.handle().descendants())
                .filter(ProcessHandle::isAlive)
                .filter(StandaloneCluster::isExecutor)
                .sorted(Comparator.comparing(ProcessHandle::pid))
                .toList();
    }

    private static boolean isExecutor(ProcessHandle process) {
        try {
            Path line = Path.of("/proc", Long.toString(process.pid()), "cmdline");
            return Files.readString(line).contains("org.apache.spark.executor.CoarseGrainedExecutorBackend");
        } catch (IOException gone) {
            return false;
        }
    }

    /** Kills an executor with SIGKILL and waits until it is gone. */
    static void kill(ProcessHandle executor) {
        boolean asked = executor.destroyForcibly();
        if (asked) {
            executor.onExit().orTimeout(30, TimeUnit.SECONDS).join();
        }
    }

    /** What the executors of the newest application have logged, one after the other. */
    String executorsSaid() {
        Path work = folder.resolve("work");
        List<Path> logs =
                files(work).stream().filter(file -> file.endsWith("stderr")).toList();
        String newest = logs.stream()
                .map(log -> application(work, log))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return logs.stream()
                .filter(log -> application(work, log).equals(newest))
                .map(StandaloneCluster::read)
                .collect(Collectors.joining());
    }

    /** From worker/application/executor/stderr. */
    private static String application(Path work, Path log) {
        return work.relativize(log).getName(1).toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files in the folders for what is needed for a while. */
    List<Path> leftovers() {
        List<Path> all = new ArrayList<>(files(temporary()));
        all.addAll(files(folder.resolve("local")));
        all.removeIf(file -> file.toString().contains("hsperfdata_"));
        return all;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path makeFolder(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        workers.forEach(Program::close);
        master.close();
    }
}
