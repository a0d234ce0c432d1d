package io.squadron.driver.report;

import io.squadron.evaluation.Mistake;
import io.squadron.evaluation.Tally;
import java.util.List;

/**
 * Everything that a report shows, as values: {@link HtmlReport} reads no file and no clock. An empty list, an empty text or
 * a tally of nothing leaves its section out.
 *
 * @param title of the page ("fashion-mnist, resnet18")
 * @param summary one sentence below it
 * @param classes names, by label
 * @param evaluation the last look at held-out samples
 * @param baselines what the accuracy is compared with, measured on the same samples
 * @param history the whole run, resumes merged
 * @param mistakes the worst first, with their pictures
 * @param augmented what training made of a few samples
 * @param configuration the resolved configuration as text
 * @param provenance versions, seed, dataset fingerprint, command, host, dates
 * @param insights what a look into the network showed
 * @param warnings sentences about the data that a reader has to know before the figures
 */
public record ReportData(
        String title,
        String summary,
        List<String> classes,
        Evaluation evaluation,
        List<Baseline> baselines,
        RunHistory history,
        List<MistakePicture> mistakes,
        List<AugmentedSample> augmented,
        String configuration,
        List<Fact> provenance,
        Insights insights,
        List<String> warnings) {
    public ReportData {
        classes = List.copyOf(classes);
        baselines = List.copyOf(baselines);
        mistakes = List.copyOf(mistakes);
        augmented = List.copyOf(augmented);
        provenance = List.copyOf(provenance);
        warnings = List.copyOf(warnings);
        if (classes.size() != evaluation.tally().classes()) {
            throw new IllegalArgumentException("Cannot report on %d class names with a tally of %d classes"
                    .formatted(classes.size(), evaluation.tally().classes()));
        }
    }

    /** Without insights and warnings. */
    public ReportData(
            String title,
            String summary,
            List<String> classes,
            Evaluation evaluation,
            List<Baseline> baselines,
            RunHistory history,
            List<MistakePicture> mistakes,
            List<AugmentedSample> augmented,
            String configuration,
            List<Fact> provenance) {
        this(
                title,
                summary,
                classes,
                evaluation,
                baselines,
                history,
                mistakes,
                augmented,
                configuration,
                provenance,
                Insights.NONE,
                List.of());
    }

    /** The same with a look into the network. */
    public ReportData with(Insights other) {
        return new ReportData(
                title,
                summary,
                classes,
                evaluation,
                baselines,
                history,
                mistakes,
                augmented,
                configuration,
                provenance,
                other,
                warnings);
    }

    /** The same with such sentences. */
    public ReportData warning(List<String> sentences) {
        return new ReportData(
                title,
                summary,
                classes,
                evaluation,
                baselines,
                history,
                mistakes,
                augmented,
                configuration,
                provenance,
                insights,
                sentences);
    }

    /**
     * A look at samples that the model was not trained on.
     *
     * @param samples which they were, as the page shall say it ("test images")
     */
    public record Evaluation(String samples, Tally tally) {}

    /**
     * Another classifier on the same samples.
     *
     * @param name "logistic regression"
     * @param accuracy 0..1
     */
    public record Baseline(String name, double accuracy) {}

    /**
     * A mistake and what it was about.
     *
     * @param png the sample's picture, a PNG file
     */
    public record MistakePicture(Mistake mistake, byte[] png) {}

    /**
     * One sample and what augmentation did to it.
     *
     * @param caption its class, for instance
     * @param original a PNG or JPEG file
     * @param draws PNG or JPEG files, one per draw
     */
    public record AugmentedSample(String caption, byte[] original, List<byte[]> draws) {
        public AugmentedSample {
            draws = List.copyOf(draws);
        }
    }

    /** One line of the provenance. */
    public record Fact(String name, String value) {}
}
