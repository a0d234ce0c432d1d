package io.squadron.jobs.doctor;

import com.sun.management.OperatingSystemMXBean;
import io.squadron.engine.Engines;
import io.squadron.jobs.config.JobConfig;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The facts of this machine and process: the only place of this package that looks at the world. */
public final class Machine {
    private static final Instant RELEASE = Instant.parse("2026-11-01T00:00:00Z");
    private static final String LIMIT = "org.bytedeco.javacpp.maxbytes";
    private static final String PROCESS_LIMIT = "org.bytedeco.javacpp.maxphysicalbytes";

    private Machine() {}

    /** Every check, with the facts of this moment. */
    public static List<Check> checks(JobConfig config, StorageProbe probe) {
        int cores = Runtime.getRuntime().availableProcessors();
        return List.of(
                new JvmCheck(Runtime.version().feature(), System.getProperty("java.vendor") + " " + Runtime.version()),
                new OpensCheck(Machine::open),
                new VersionCheck("Spark", property("spark-version-info.properties", "version"), "3.5."),
                new VersionCheck("Scala", property("library.properties", "version.number"), "2.12."),
                new VersionCheck("Hadoop", property("common-version-info.properties", "version"), "3.3."),
                new NativeCheck(Machine::product, jar("org/nd4j/linalg/cpu/nativecpu/CpuBackend.class")),
                new CpuCheck(cpu()),
                new EngineCheck(Engines.known()),
                new SlotsCheck(
                        master(),
                        cores,
                        config.training().replicas(),
                        config.training().threads()),
                memory(),
                new StorageCheck(probe, config.run(), UUID.randomUUID().toString()),
                new ClockCheck(Clock.systemUTC().instant(), RELEASE));
    }

    private static MemoryCheck memory() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new MemoryCheck(
                system.getTotalMemorySize(),
                Runtime.getRuntime().maxMemory(),
                MemoryCheck.bytes(System.getProperty(LIMIT, "")),
                MemoryCheck.bytes(System.getProperty(PROCESS_LIMIT, "")));
    }

    static boolean open(String moduleAndPackage) {
        String[] parts = moduleAndPackage.split("/");
        return ModuleLayer.boot()
                .findModule(parts[0])
                .map(module -> module.isOpen(parts[1], Machine.class.getModule()))
                .orElse(true);
    }

    private static double[] product() {
        try (INDArray left = Nd4j.create(new double[][] {{1, 2}, {3, 4}});
                INDArray right = Nd4j.create(new double[][] {{5, 6}, {7, 8}});
                INDArray product = left.mmul(right)) {
            return product.dup('c').data().asDouble();
        }
    }

    private static String master() {
        return System.getProperty("spark.master", "");
    }

    private static String cpu() {
        try {
            Path information = Path.of("/proc/cpuinfo");
            return Files.isReadable(information) ? Files.readString(information) : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** The jar or folder that a class of the class path comes from. */
    static String jar(String resource) {
        URL found = Machine.class.getClassLoader().getResource(resource);
        if (found == null) {
            return "the class path: it holds no " + resource;
        }
        return found.toString().replaceFirst("^jar:", "").replaceFirst("!?/" + resource + "$", "");
    }

    private static String property(String resource, String key) {
        try (InputStream stream = Machine.class.getClassLoader().getResourceAsStream(resource)) {
            if (stream == null) {
                return "";
            }
            Properties properties = new Properties();
            properties.load(stream);
            return properties.getProperty(key, "");
        } catch (IOException e) {
            return "";
        }
    }
}
