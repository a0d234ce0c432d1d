package io.squadron.jobs.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksOfTheProcessTest {
    @Test
    void javaSeventeenIsWantedOlderFailsNewerWarns() {
        assertThat(new JvmCheck(17, "x").examine().verdict()).as("17").isEqualTo(Verdict.OK);
        assertThat(new JvmCheck(11, "x").examine().verdict()).as("11").isEqualTo(Verdict.FAIL);
        assertThat(new JvmCheck(21, "x").examine().verdict()).as("21").isEqualTo(Verdict.WARN);
    }

    @Test
    void closedPackagesAreNamedWithTheOptionThatOpensThem() {
        Finding finding = new OpensCheck(name -> !name.equals("java.base/java.nio")).examine();

        assertThat(finding.verdict()).as("verdict").isEqualTo(Verdict.FAIL);
        assertThat(finding.remedy()).as("remedy").contains("--add-opens=java.base/java.nio=ALL-UNNAMED");
        assertThat(new OpensCheck(name -> true).examine().verdict())
                .as("all open")
                .isEqualTo(Verdict.OK);
    }

    @Test
    void theListOfPackagesIsTheOneOfTheBuild() {
        List<String> started = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens="))
                .map(argument -> argument.substring("--add-opens=".length(), argument.lastIndexOf('=')))
                .toList();

        assertThat(OpensCheck.REQUIRED).as("packages").containsExactlyInAnyOrderElementsOf(started);
        assertThat(new OpensCheck(Machine::open).examine().verdict()).as("here").isEqualTo(Verdict.OK);
    }

    @Test
    void aPackageThatNobodyOpenedIsFoundClosed() {
        assertThat(Machine.open("java.base/jdk.internal.misc")).as("open").isFalse();
    }

    @Test
    void versionsOtherThanTheTestedOnesWarnAndMissingOnesFail() {
        assertThat(new VersionCheck("Spark", "3.5.5", "3.5.").examine().verdict())
                .isEqualTo(Verdict.OK);
        assertThat(new VersionCheck("Spark", "4.0.0", "3.5.").examine().verdict())
                .isEqualTo(Verdict.WARN);
        assertThat(new VersionCheck("Spark", "", "3.5.").examine().verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void aClockBeforeTheReleaseFails() {
        Instant release = Instant.parse("2026-11-01T00:00:00Z");

        assertThat(new ClockCheck(release.plusSeconds(5), release).examine().verdict())
                .isEqualTo(Verdict.OK);
        assertThat(new ClockCheck(Instant.EPOCH, release).examine().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(new ClockCheck(Instant.parse("2099-01-01T00:00:00Z"), release)
                        .examine()
                        .verdict())
                .isEqualTo(Verdict.FAIL);
    }
}
