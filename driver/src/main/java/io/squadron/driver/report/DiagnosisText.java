package io.squadron.driver.report;

import io.squadron.diagnosis.Finding;
import java.util.stream.Collectors;

/** The findings of a diagnosis for a terminal. */
public final class DiagnosisText {
    private DiagnosisText() {}

    /** A line for each finding. */
    public static String of(DiagnosisData data) {
        return data.findings().stream()
                .map(each -> (each.verdict() == Finding.Verdict.LOOK ? "LOOK     " : "healthy  ") + each.text())
                .collect(Collectors.joining("\n"));
    }
}
