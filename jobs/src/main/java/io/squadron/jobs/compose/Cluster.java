package io.squadron.jobs.compose;

import io.squadron.driver.spark.SquadronKryo;
import io.squadron.driver.spark.SquadronPlugin;
import io.squadron.driver.spark.prepare.SparkStorage;
import io.squadron.storage.Storage;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** The Spark that a job runs on, with the settings that Squadron needs; closing it ends the application. */
public final class Cluster implements AutoCloseable {
    private final SparkSession session;
    private final Storage storage;
    private final Runnable end;

    private Cluster(SparkSession session, Runnable end) {
        this.session = session;
        this.end = end;
        this.storage = SparkStorage.of(session);
    }

    /** Starts the application {@code name}, or joins the one that runs in this JVM. Without a master it is local. */
    public static Cluster start(String name) {
        return start(name, new SparkConf());
    }

    /**
     * As {@link #start(String)}, but a local master that takes as many slots as there are cores takes at least {@code
     * slots}: on a single core two replicas take turns instead of being refused.
     */
    public static Cluster start(String name, int slots) {
        SparkConf conf = new SparkConf();
        boolean open = conf.get("spark.master", "local[*]").equals("local[*]");
        if (open && Runtime.getRuntime().availableProcessors() < slots) {
            conf.set("spark.master", "local[" + slots + "]");
        }
        return start(name, conf);
    }

    /** As {@link #start(String)}, for a job whose tables come from others: whatever they hold may travel. */
    public static Cluster forTables(String name) {
        return started(name, settle(new SparkConf()).set("spark.kryo.registrationRequired", "false"));
    }

    /** The Spark of another program, as it is: closing this leaves it running. */
    public static Cluster of(SparkSession session) {
        return new Cluster(session, () -> {});
    }

    private static Cluster start(String name, SparkConf conf) {
        return started(name, settle(conf));
    }

    private static Cluster started(String name, SparkConf conf) {
        conf.setIfMissing("spark.master", "local[*]");
        conf.setIfMissing("spark.app.name", name);
        SparkSession session = SparkSession.builder().config(conf).getOrCreate();
        return new Cluster(session, session::stop);
    }

    /**
     * A slow rank is waited for, never doubled; a stage that lacks slots says so soon; data travels by Kryo, news through
     * the plugin. Executors may die often: what limits that is the patience of {@link
     * io.squadron.driver.spark.Staffing}, so Spark is to try a round's stage again more than its four times, and YARN and
     * Kubernetes are to replace executors without end. A barrier of Spark's waits a year unless told otherwise. Its UI keeps
     * the last rounds, not the last thousand: the driver's heap is to stay flat.
     */
    private static SparkConf settle(SparkConf conf) {
        return withPlugin(conf)
                .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .set("spark.kryo.registrator", SquadronKryo.class.getName())
                .set("spark.kryo.registrationRequired", "true")
                .set("spark.speculation", "false")
                .setIfMissing("spark.kryoserializer.buffer.max", "512m")
                .setIfMissing("spark.stage.maxConsecutiveAttempts", "12")
                .setIfMissing("spark.executor.maxNumFailures", "1000")
                .setIfMissing("spark.barrier.sync.timeout", "300s")
                .setIfMissing("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "5s")
                .setIfMissing("spark.scheduler.barrier.maxConcurrentTasksCheck.maxFailures", "6")
                .setIfMissing("spark.ui.retainedJobs", "60")
                .setIfMissing("spark.ui.retainedStages", "60")
                .setIfMissing("spark.ui.retainedTasks", "2000")
                .setIfMissing("spark.ui.showConsoleProgress", "false");
    }

    private static SparkConf withPlugin(SparkConf conf) {
        String own = SquadronPlugin.class.getName();
        String given = conf.get("spark.plugins", "");
        if (given.contains(own)) {
            return conf;
        }
        return conf.set("spark.plugins", given.isEmpty() ? own : given + "," + own);
    }

    public SparkSession session() {
        return session;
    }

    public JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(session.sparkContext());
    }

    public Storage storage() {
        return storage;
    }

    /** Tasks that run at once by default. */
    public int parallelism() {
        return context().defaultParallelism();
    }

    @Override
    public void close() {
        end.run();
    }
}
