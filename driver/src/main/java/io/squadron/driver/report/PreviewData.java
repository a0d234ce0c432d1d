package io.squadron.driver.report;

import io.squadron.driver.report.ReportData.AugmentedSample;
import java.util.List;

/**
 * What the page of a preview shows.
 *
 * @param summary one sentence below the title
 * @param together images under everything that is switched on
 * @param apart the same under one augmentation at a time
 * @param unreadable files that could not be shown, with the reason
 */
public record PreviewData(
        String title, String summary, List<AugmentedSample> together, List<Group> apart, List<String> unreadable) {
    public PreviewData {
        together = List.copyOf(together);
        apart = List.copyOf(apart);
        unreadable = List.copyOf(unreadable);
    }

    /**
     * One augmentation.
     *
     * @param setting its keys and values
     * @param explanation what those mean
     */
    public record Group(String setting, String explanation, List<AugmentedSample> samples) {
        public Group {
            samples = List.copyOf(samples);
        }
    }
}
