package io.squadron.driver.report;

import io.squadron.diagnosis.Domains;
import io.squadron.diagnosis.Finding;
import io.squadron.diagnosis.NetworkReading;
import java.util.List;
import java.util.Optional;

/**
 * Everything that the page of a diagnosis shows.
 *
 * @param title of the page
 * @param summary one sentence below it
 * @param findings in words, the most important first
 * @param readings the network on the old images, then on the new ones if there are any
 * @param domains what lies between the two
 * @param variants fresh networks of the same depth, as published and without ingredients; none where not asked for
 * @param facts what was measured with which settings
 */
public record DiagnosisData(
        String title,
        String summary,
        List<Finding> findings,
        List<NetworkReading> readings,
        Optional<Domains> domains,
        List<NetworkReading> variants,
        List<ReportData.Fact> facts) {
    public DiagnosisData {
        findings = List.copyOf(findings);
        readings = List.copyOf(readings);
        variants = List.copyOf(variants);
        facts = List.copyOf(facts);
        if (readings.isEmpty() || readings.size() > 2 || variants.size() > DepthChart.MOST_LINES) {
            throw new IllegalArgumentException("Cannot show %d readings and %d variants (expected 1 or 2, and up to %d)"
                    .formatted(readings.size(), variants.size(), DepthChart.MOST_LINES));
        }
    }
}
