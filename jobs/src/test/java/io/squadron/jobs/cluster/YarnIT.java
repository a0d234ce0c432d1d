package io.squadron.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One short run on YARN in client mode: a resource manager and a node manager in this JVM, containers as real processes. */
@Tag("soak")
class YarnIT {
    private static final String JAVA = System.getProperty("java.home");

    @TempDir
    private static Path scratch;

    @Test
    void twoExecutorsInContainersTrainAsTwoThreadsDo() throws Exception {
        Path temporary = Files.createDirectories(scratch.resolve("tmp"));
        Trial local = Trial.local(scratch, scratch.toUri() + "trial", temporary);
        try (MiniYARNCluster yarn = new MiniYARNCluster("squadron-yarn", 1, 1, 1)) {
            yarn.init(settings());
            yarn.start();
            local.prepare();
            Map<String, String> environment = Map.of(
                    "HADOOP_CONF_DIR", clientConfiguration(yarn).toString(),
                    "SPARK_HOME", sparkWithYarn().toString(),
                    "SPARK_SCALA_VERSION", "2.12");
            Trial trial = Trial.submittedWith(scratch, local.root(), options(), temporary)
                    .with(environment);
            try (Program inContainers = trial.train("containers", "training.epochs=2")) {
                Trial.require(inContainers);
            }
        }
        try (Program inThreads = local.train("threads", "training.epochs=2")) {
            Trial.require(inThreads);
        }
        int last = 2 * Trial.STEPS;
        assertThat(local.parts("containers", last))
                .as("parts of the state")
                .hasSize(2)
                .isEqualTo(local.parts("threads", last));
    }

    private static YarnConfiguration settings() {
        YarnConfiguration settings = new YarnConfiguration();
        // The default one wants a file of queues.
        settings.set(
                "yarn.resourcemanager.scheduler.class",
                "org.apache.hadoop.yarn.server.resourcemanager.scheduler.fifo.FifoScheduler");
        settings.setBoolean("yarn.nodemanager.vmem-check-enabled", false);
        settings.setBoolean("yarn.nodemanager.pmem-check-enabled", false);
        settings.setBoolean("yarn.nodemanager.disk-health-checker.enable", false);
        settings.set("yarn.nodemanager.resource.memory-mb", "6144");
        settings.set("yarn.scheduler.minimum-allocation-mb", "128");
        return settings;
    }

    private static Path clientConfiguration(MiniYARNCluster yarn) throws IOException {
        Path folder = Files.createDirectories(scratch.resolve("hadoop"));
        try (OutputStream out = Files.newOutputStream(folder.resolve("yarn-site.xml"))) {
            yarn.getConfig().writeXml(out);
        }
        return folder;
    }

    /** The embedded Spark and beside it the jar that talks to YARN. */
    private static Path sparkWithYarn() throws IOException, URISyntaxException {
        Path jars = Files.createDirectories(scratch.resolve("spark/jars"));
        try (Stream<Path> embedded = Files.list(StandaloneCluster.HOME.resolve("jobs/target/spark/jars"))) {
            for (Path jar : embedded.toList()) {
                Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
            }
        }
        Path yarn = Path.of(org.apache.spark.deploy.yarn.Client.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Files.createSymbolicLink(jars.resolve(yarn.getFileName()), yarn);
        return jars.getParent();
    }

    private static List<String> options() {
        return List.of(
                "--master yarn --deploy-mode client --num-executors 2 --executor-cores 1 --executor-memory 1g",
                "--conf spark.yarn.jars=local:" + scratch.resolve("spark/jars") + "/*",
                "--conf spark.yarn.stagingDir=" + scratch.resolve("staging"),
                "--conf spark.yarn.am.memory=384m",
                "--conf spark.yarn.appMasterEnv.JAVA_HOME=" + JAVA,
                "--conf spark.executorEnv.JAVA_HOME=" + JAVA);
    }
}
