package io.squadron.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @TempDir
    Path directory;

    @Test
    void theMachineThatBuildsSquadronIsFitForIt() {
        Terminal terminal = Terminal.run(
                new RecordingJobs(), "doctor", "--run", directory.resolve("run").toString());

        assertThat(terminal.exitCode()).as(terminal.out() + terminal.err()).isZero();
        assertThat(terminal.out())
                .as("table")
                .contains("java", "add-opens", "spark", "scala", "hadoop", "native libraries", "cpu", "slots")
                .contains("memory", "run storage", "clock")
                .contains("ND4J multiplies matrices", "3.5.5", "write, rename, read, delete")
                .doesNotContain("FAIL");
    }

    @Test
    void aFailingCheckExitsWithFive() {
        Terminal terminal = Terminal.run(new RecordingJobs(), "doctor", "--run", "nosuch://place/run");

        assertThat(terminal.exitCode()).as("exit code").isEqualTo(5);
        assertThat(terminal.out()).as("table").contains("FAIL", "cannot write beside nosuch://place/run");
    }
}
