package io.squadron.jobs.doctor;

import java.util.List;
import java.util.function.ToIntFunction;

/** All findings, in the order in which they were made. */
public record Diagnosis(List<Finding> findings) {
    public Diagnosis {
        findings = List.copyOf(findings);
    }

    public static Diagnosis of(List<Check> checks) {
        return new Diagnosis(checks.stream().map(Check::examine).toList());
    }

    /** How many findings have this verdict. */
    public long count(Verdict verdict) {
        return findings.stream().filter(each -> each.verdict() == verdict).count();
    }

    /** A table: check, verdict, found; below each finding that is not OK, its remedy. */
    public String table() {
        int checks = width(finding -> finding.check().length());
        StringBuilder table = new StringBuilder();
        String row = "%-" + checks + "s  %-7s  %s%n";
        table.append(row.formatted("CHECK", "VERDICT", "FOUND"));
        for (Finding each : findings) {
            table.append(row.formatted(each.check(), each.verdict(), each.found()));
            if (!each.remedy().isEmpty()) {
                table.append(row.formatted("", "", "-> " + each.remedy()));
            }
        }
        return table.toString();
    }

    private int width(ToIntFunction<Finding> length) {
        return Math.max(
                "CHECK".length(), findings.stream().mapToInt(length).max().orElse(0));
    }
}
