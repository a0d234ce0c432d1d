package io.squadron.jobs.compose;

import io.squadron.dataset.ChannelStatistics;
import io.squadron.dataset.DatasetDescription;
import io.squadron.dataset.Split;
import io.squadron.driver.checkpoint.Checkpoint;
import io.squadron.evaluation.Metrics;
import io.squadron.evaluation.Tally;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results in a few lines for the terminal. */
public final class Summaries {
    private Summaries() {}

    /** A dataset: classes, counts, statistics. */
    public static String of(DatasetDescription dataset, String uri) {
        Map<Split, Integer> counts = dataset.counts();
        ChannelStatistics statistics = dataset.statistics();
        return """
                dataset %s
                  %d classes: %s
                  %,d training, %,d validation, %,d test images; %,d left out (see rejects.jsonl)
                  %d shards, fingerprint %s%s
                  mean %s, deviation %s (red, green, blue; shares of 255, over the training images)""".formatted(
                        uri,
                        dataset.classes().size(),
                        String.join(", ", dataset.classes()),
                        counts.get(Split.TRAIN),
                        counts.get(Split.VALIDATION),
                        counts.get(Split.TEST),
                        dataset.provenance().rejected(),
                        dataset.shards().size(),
                        dataset.fingerprint(),
                        added(dataset),
                        rounded(statistics.mean()),
                        rounded(statistics.deviation()));
    }

    private static String added(DatasetDescription dataset) {
        String base = dataset.provenance().base();
        return base.isEmpty() ? "" : ", adds to " + base;
    }

    /** An evaluation: the headline figures, and what is most often confused. */
    public static String of(Tally tally, List<String> classes) {
        Metrics metrics = Metrics.of(tally);
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d images: accuracy %.2f%% (95%% interval %.2f%% to %.2f%%), top-5 %.2f%%, loss %.4f, "
                        + "calibration error %.3f",
                metrics.samples(),
                100 * metrics.topOne(),
                100 * metrics.interval().low(),
                100 * metrics.interval().high(),
                100 * metrics.topFive(),
                metrics.loss(),
                metrics.calibrationError()));
        metrics.confused().stream()
                .limit(3)
                .forEach(pair -> text.append(String.format(
                        Locale.ROOT,
                        "%n  %d x %s taken for %s",
                        pair.count(),
                        classes.get(pair.label()),
                        classes.get(pair.predicted()))));
        return text.toString();
    }

    /** A checkpoint: where it stands and what it holds. */
    public static String of(Checkpoint checkpoint) {
        return """
                checkpoint %s
                  step %d, epoch %d, seed %d; %d parts, %,d bytes; vectors %s
                  %s of %d classes on %d pixels; metrics %s
                  dataset fingerprint %s
                  %s""".formatted(
                        checkpoint.state().directory(),
                        checkpoint.state().step(),
                        checkpoint.place().epoch(),
                        checkpoint.place().seed(),
                        checkpoint.state().parts().size(),
                        checkpoint.state().parts().stream()
                                .mapToLong(part -> part.bytes())
                                .sum(),
                        checkpoint.vectors(),
                        checkpoint.model().architecture(),
                        checkpoint.model().classes().size(),
                        checkpoint.model().size(),
                        checkpoint.metrics(),
                        checkpoint.datasetFingerprint(),
                        checkpoint.provenance());
    }

    private static List<String> rounded(List<Double> values) {
        return values.stream()
                .map(value -> String.format(Locale.ROOT, "%.4f", value))
                .toList();
    }
}
