package io.squadron.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.engine.Engine;
import io.squadron.engine.Engines;
import io.squadron.engine.Precision;
import io.squadron.engine.SessionOptions;
import io.squadron.failure.Failure;
import io.squadron.testing.GoldenFill;
import io.squadron.testing.TinyModels;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.bytedeco.dnnl.global.dnnl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CPUs and class paths on which the engine does not work, and what it says of them. */
class LibraryTest {
    private static final long SECONDS = 60;

    @Test
    void cpuWithoutAvx2IsRefused() {
        Engine engine = new OnednnEngine(() -> dnnl.dnnl_cpu_isa_avx);
        var model = TinyModels.residual(2);
        var weights = GoldenFill.weights(model, 1);

        assertThat(engine.obstacle()).hasValue("this CPU has no AVX2");
        assertThatThrownBy(() -> engine.open(model, weights, SessionOptions.plain()))
                .isInstanceOf(Failure.class)
                .hasMessage("Cannot use engine onednn: this CPU has no AVX2. Choose engine dl4j, or auto");
        assertThat(new OnednnEngine(() -> dnnl.dnnl_cpu_isa_avx2).obstacle()).isEmpty();
    }

    @Test
    void autoTakesBfloat16WhereTheCpuMultipliesIt() {
        assertThat(precision(dnnl.dnnl_cpu_isa_avx2, Precision.AUTO)).isEqualTo(Precision.FLOAT32);
        assertThat(precision(dnnl.dnnl_cpu_isa_avx512_core, Precision.AUTO)).isEqualTo(Precision.FLOAT32);
        assertThat(precision(dnnl.dnnl_cpu_isa_avx512_core_bf16, Precision.AUTO))
                .isEqualTo(Precision.BFLOAT16);
        assertThat(precision(dnnl.dnnl_cpu_isa_avx512_core_amx, Precision.AUTO)).isEqualTo(Precision.BFLOAT16);
    }

    @Test
    void bfloat16OnRequestWantsAvx512() {
        assertThat(precision(dnnl.dnnl_cpu_isa_avx512_core, Precision.BFLOAT16)).isEqualTo(Precision.BFLOAT16);
        assertThat(precision(dnnl.dnnl_cpu_isa_avx2, Precision.FLOAT32)).isEqualTo(Precision.FLOAT32);
        assertThatThrownBy(() -> precision(dnnl.dnnl_cpu_isa_avx2, Precision.BFLOAT16))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.USAGE))
                .hasMessageContaining("no AVX-512");
    }

    private static Precision precision(int features, Precision wanted) {
        return new OnednnEngine(() -> features).precision(wanted);
    }

    /** The names in the message are those of the jars that this build uses. */
    @Test
    void jarsAreTheOnesOfThisBuild() {
        List<String> present = Arrays.stream(classPath())
                .map(entry -> Path.of(entry).getFileName().toString())
                .toList();
        for (String jar : Library.jars()) {
            String[] parts = jar.split(":");
            String file = Arrays.stream(parts).skip(1).collect(Collectors.joining("-")) + ".jar";
            assertThat(present).as("class path, for %s", jar).contains(file);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.bytedeco:dnnl:3.11-1.5.13:linux-x86_64",
                "org.bytedeco:opencl:3.0-1.5.13:linux-x86_64",
                "org.bytedeco:dnnl:3.11-1.5.13"
            })
    void missingJarIsNamedAndAutoFallsBack(String jar) throws Exception {
        String file = jar.substring("org.bytedeco:".length()).replace(':', '-') + ".jar";
        String rest = Arrays.stream(classPath())
                .filter(entry -> !entry.endsWith(File.separator + file))
                .collect(Collectors.joining(File.pathSeparator));

        List<String> lines = run(rest);

        assertThat(lines)
                .contains("auto: dl4j")
                .contains("obstacle: the native code of oneDNN does not load: the class path lacks " + jar);
    }

    private static String[] classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(File.pathSeparator);
    }

    private static List<String> run(String classPath) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        Said.class.getName())
                .redirectErrorStream(true)
                .start();
        try (var out = process.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
            assertThat(process.exitValue()).as(text).isZero();
            return text.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }

    /** What a process with another class path says. */
    static final class Said {
        private Said() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] arguments) {
            System.out.println("obstacle: " + new OnednnEngine().obstacle().orElse("none"));
            System.out.println("auto: " + Engines.named(Engines.AUTO).name());
        }
    }
}
