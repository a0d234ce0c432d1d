package io.squadron.jobs.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksOfTheMachineTest {
    private static final long GIB = 1L << 30;

    @Test
    void aProductThatIsRightIsFine() {
        Finding finding = new NativeCheck(() -> new double[] {19, 22, 43, 50}, "x.jar").examine();

        assertThat(finding.verdict()).as("verdict").isEqualTo(Verdict.OK);
    }

    @Test
    void aLibraryThatDoesNotLoadIsNamedWithItsJar() {
        Finding finding = new NativeCheck(
                        () -> {
                            throw new ExceptionInInitializerError(new UnsatisfiedLinkError("no jnind4jcpu"));
                        },
                        "nd4j-native.jar")
                .examine();

        assertThat(finding.verdict()).as("verdict").isEqualTo(Verdict.FAIL);
        assertThat(finding.found()).as("found").isEqualTo("UnsatisfiedLinkError: no jnind4jcpu");
        assertThat(finding.remedy()).as("remedy").contains("nd4j-native.jar");
    }

    @Test
    void aWrongProductFails() {
        Finding finding = new NativeCheck(() -> new double[] {19, 22, 43, 51}, "x.jar").examine();

        assertThat(finding.verdict()).as("verdict").isEqualTo(Verdict.FAIL);
        assertThat(finding.found()).as("found").contains("51.0");
    }

    @Test
    void cpuFlagsAreReadByWholeWords() {
        String information = "processor : 0\nmodel name\t: Some CPU\nflags\t\t: fpu avx2 fma avx512f_x avx512_bf16\n";
        Finding finding = new CpuCheck(information).examine();

        assertThat(finding.verdict()).as("verdict").isEqualTo(Verdict.OK);
        assertThat(finding.found()).as("found").isEqualTo("Some CPU: avx2 fma avx512_bf16");
    }

    @Test
    void aCpuWithoutAvx2OrWithoutFlagsWarns() {
        assertThat(new CpuCheck("model name : Old\nflags : fpu sse2\n")
                        .examine()
                        .verdict())
                .as("old")
                .isEqualTo(Verdict.WARN);
        assertThat(new CpuCheck("").examine().verdict()).as("unknown").isEqualTo(Verdict.WARN);
    }

    @ParameterizedTest
    @CsvSource({
        "'local[2]', 2, 2, 1, OK",
        "'local[*]', 4, 4, 1, OK",
        "'local[*]', 4, 5, 1, FAIL",
        "'local[2,3]', 8, 3, 1, FAIL",
        "local, 8, 2, 1, FAIL",
        "'local[4]', 4, 4, 2, WARN",
        "yarn, 2, 64, 8, OK",
        "'', 2, 64, 8, OK",
    })
    void replicasNeedSlotsAndLikeCores(String master, int cores, int replicas, int threads, Verdict expected) {
        Finding finding = new SlotsCheck(master, cores, replicas, threads).examine();

        assertThat(finding.verdict()).as(finding.toString()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} physical, heap {1}, native {2}, process {3}")
    @CsvSource({
        "16, 4, 8, 12, OK",
        "16, 4, 0, 0, OK",
        "2, 4, 1, 8, FAIL",
        "16, 0, 8, 12, FAIL",
        "16, 10, 8, 18, WARN",
        "16, 4, 8, 6, WARN",
    })
    void memoryIsToBeBoundedAndToFit(long physical, long heap, long outside, long process, Verdict expected) {
        Finding finding = new MemoryCheck(physical * GIB, heap * GIB, outside * GIB, process * GIB).examine();

        assertThat(finding.verdict()).as(finding.toString()).isEqualTo(expected);
    }

    @Test
    void sizesAreReadAsJavaCppWritesThem() {
        assertThat(MemoryCheck.bytes("12g")).as("12g").isEqualTo(12 * GIB);
        assertThat(MemoryCheck.bytes("512M")).as("512M").isEqualTo(GIB / 2);
        assertThat(MemoryCheck.bytes("1024")).as("1024").isEqualTo(1024);
        assertThat(MemoryCheck.bytes("")).as("nothing").isZero();
    }
}
