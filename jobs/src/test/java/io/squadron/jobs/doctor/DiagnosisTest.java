package io.squadron.jobs.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    @Test
    void theTableShowsEachFindingAndItsRemedyBelow() {
        Diagnosis diagnosis = Diagnosis.of(List.of(
                () -> Finding.ok("java", "17"), () -> Finding.fail("run storage", "read-only", "Change its rights")));

        assertThat(diagnosis.table().lines().toList())
                .as("table")
                .containsExactly(
                        "CHECK        VERDICT  FOUND",
                        "java         OK       17",
                        "run storage  FAIL     read-only",
                        "                      -> Change its rights");
        assertThat(diagnosis.count(Verdict.FAIL)).as("failures").isEqualTo(1);
    }
}
