package io.squadron.driver.spark;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.ExecutorAllocationClient;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.ExecutorDecommissionInfo;
import org.awaitility.Awaitility;
import scala.Option;

/**
 * A standalone Spark of real processes: a master, and a worker that starts each executor in a process of its own. This JVM
 * is the driver. Takes the place of {@link LocalSpark} in this JVM until it is closed.
 */
public final class StandaloneSpark implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<Process> processes = new ArrayList<>();
    private final JavaSparkContext context;

    private StandaloneSpark(JavaSparkContext context) {
        this.context = context;
    }

    /**
     * Starts all of it below {@code scratch}, for executors of one core.
     *
     * @param executors at most
     * @param settings of Spark, over those of the tests
     */
    public static StandaloneSpark start(Path scratch, int executors, Map<String, String> settings) throws IOException {
        LocalSpark.stop();
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        // The scripts of Spark look here for the version of Scala, and in jars for what the class path holds anyway.
        Files.createDirectories(scratch.resolve("launcher/target/scala-2.12"));
        Files.createDirectories(scratch.resolve("jars"));
        String master = "spark://127.0.0.1:" + port;
        List<Process> processes = new ArrayList<>();
        processes.add(process(scratch, "master", "--host", "127.0.0.1", "--port", Integer.toString(port)));
        processes.add(process(scratch, "worker", "--host", "127.0.0.1", "--cores", "8", "--memory", "8g", master));
        try {
            StandaloneSpark spark = new StandaloneSpark(connect(master, executors, settings));
            spark.processes.addAll(processes);
            return spark;
        } catch (RuntimeException failed) {
            processes.forEach(StandaloneSpark::end);
            throw failed;
        }
    }

    private static JavaSparkContext connect(String master, int executors, Map<String, String> settings) {
        SparkConf conf = new SparkConf(false)
                .setMaster(master)
                .setAppName("squadron-tests")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.executor.cores", "1")
                .set("spark.cores.max", Integer.toString(executors))
                .set("spark.executor.memory", "768m")
                .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .set("spark.plugins", SquadronPlugin.class.getName())
                .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .set("spark.kryo.registrator", SquadronKryo.class.getName() + "," + TestKryo.class.getName())
                .set("spark.kryo.registrationRequired", "true");
        settings.forEach(conf::set);
        return new JavaSparkContext(conf);
    }

    private static Process process(Path scratch, String role, String... arguments) throws IOException {
        String name = role.substring(0, 1).toUpperCase(Locale.ROOT) + role.substring(1);
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "org.apache.spark.deploy." + role + "." + name));
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of("--webui-port", "0"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve(role + ".log").toFile());
        builder.environment().keySet().removeIf(each -> each.startsWith("SPARK_"));
        builder.environment().put("SPARK_HOME", scratch.toString());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    public JavaSparkContext context() {
        return context;
    }

    /** Waits until as many executors have come. */
    public void awaitExecutors(int count) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> context.sc().statusTracker().getExecutorInfos().length - 1 == count);
    }

    /** Tells one executor to finish what it does and go, as a worker does that is to be switched off. */
    public void decommissionOne() {
        ExecutorAllocationClient executors =
                (ExecutorAllocationClient) context.sc().schedulerBackend();
        String any = executors.getExecutorIds().head();
        executors.decommissionExecutor(any, new ExecutorDecommissionInfo("a test", Option.empty()), false, false);
    }

    @Override
    public void close() {
        context.close();
        processes.forEach(StandaloneSpark::end);
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
