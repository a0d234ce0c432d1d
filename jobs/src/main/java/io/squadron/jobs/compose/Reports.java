package io.squadron.jobs.compose;

import io.squadron.dataset.DatasetIndex;
import io.squadron.driver.report.HtmlReport;
import io.squadron.driver.report.Insights;
import io.squadron.driver.report.ReportData;
import io.squadron.evaluation.Mistake;
import io.squadron.evaluation.Tally;
import io.squadron.image.Encoder;
import io.squadron.image.Image;
import io.squadron.image.Picture;
import io.squadron.image.TrainingTransform;
import io.squadron.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Gathers what a report shows: the run's history, pictures of mistakes, and what augmentation did to a few samples. */
record Reports(RunSetup setup, RunDirectory directory, Map<String, String> provenance) {
    private static final int DRAWS = 7;

    /**
     * What a report is about.
     *
     * @param samples what was looked at, in words
     * @param insights what a look into the network showed
     */
    record Subject(String samples, Tally tally, List<ReportData.Baseline> baselines, Insights insights) {
        /** Without a look into the network. */
        Subject(String samples, Tally tally, List<ReportData.Baseline> baselines) {
            this(samples, tally, baselines, Insights.NONE);
        }
    }

    void write(String uri, Subject subject) {
        directory.write(uri, HtmlReport.render(data(subject)));
    }

    private ReportData data(Subject subject) {
        String name = setup.config().report().title();
        String title = name.isEmpty() ? lastPart(setup.config().run()) : name;
        ReportData data = new ReportData(
                title,
                summary(),
                setup.index().classes(),
                new ReportData.Evaluation(subject.samples(), subject.tally()),
                subject.baselines(),
                directory.history(),
                mistakes(subject.tally()),
                augmented(),
                setup.config().resolved(),
                provenance.entrySet().stream()
                        .map(fact -> new ReportData.Fact(fact.getKey(), fact.getValue()))
                        .toList());
        return data.with(subject.insights()).warning(Preparation.warnings(setup.index(), setup.config()));
    }

    private String summary() {
        return "%s on %,d training images of %d classes, %d replicas, engine %s"
                .formatted(
                        setup.config().model().architecture(),
                        setup.trainingSamples().length,
                        setup.index().classes().size(),
                        setup.config().training().replicas(),
                        provenance.getOrDefault(
                                "engine", setup.config().training().engine().toString()));
    }

    private static String lastPart(String uri) {
        String trimmed = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
        return trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }

    private List<ReportData.MistakePicture> mistakes(Tally tally) {
        List<ReportData.MistakePicture> pictures = new ArrayList<>();
        for (Mistake mistake : tally.mistakes()) {
            pictures.add(new ReportData.MistakePicture(mistake, Encoder.png(image(mistake.position()))));
        }
        return pictures;
    }

    /** The first samples of the training split, evenly spread over it. */
    private List<ReportData.AugmentedSample> augmented() {
        int[] positions = setup.trainingSamples();
        int count = Math.min(setup.config().report().examples(), positions.length);
        TrainingTransform transform =
                Transforms.training(setup.config().augment(), setup.config().input());
        return IntStream.range(0, count)
                .map(i -> positions[(int) ((long) i * positions.length / count)])
                .mapToObj(position -> augmented(position, transform))
                .toList();
    }

    private ReportData.AugmentedSample augmented(int position, TrainingTransform transform) {
        DatasetIndex index = setup.index();
        StoredImages images = new StoredImages(setup.storage(), index);
        Picture picture = images.picture(position);
        long id = index.ids()[position];
        List<byte[]> draws = IntStream.range(0, DRAWS)
                .mapToObj(epoch ->
                        transform.apply(picture, RandomStream.of(setup.config().seed(), "augment", epoch, id)))
                .map(Encoder::png)
                .toList();
        return new ReportData.AugmentedSample(
                index.classes().get(index.labels()[position]), Encoder.png(images.image(position)), draws);
    }

    private Image image(int position) {
        return new StoredImages(setup.storage(), setup.index()).image(position);
    }
}
