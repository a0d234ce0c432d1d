package io.squadron.jobs.compose;

import io.squadron.dataset.BatchRequest;
import io.squadron.dataset.BatchSource;
import io.squadron.dataset.ShardSamples;
import io.squadron.diagnosis.GradCam;
import io.squadron.diagnosis.Pca;
import io.squadron.diagnosis.Tsne;
import io.squadron.driver.report.Insights;
import io.squadron.engine.Compute;
import io.squadron.engine.Images;
import io.squadron.engine.Precision;
import io.squadron.engine.Session;
import io.squadron.evaluation.Mistake;
import io.squadron.evaluation.Tally;
import io.squadron.exchange.ModelFacts;
import io.squadron.image.Encoder;
import io.squadron.image.EvaluationTransform;
import io.squadron.image.Image;
import io.squadron.jobs.config.ReportConfig;
import io.squadron.model.ModelSpec;
import io.squadron.replica.SavedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What the report of an evaluation shows of the network's inside; computed on the driver. */
record LookInside(RunSetup setup, ModelFacts model, SavedModel saved) {

    Insights at(Tally tally) {
        return new Insights(map(), saliency(tally.mistakes()));
    }

    private Insights.Map map() {
        ReportConfig report = setup.config().report();
        int[] all = setup.index().positions(setup.config().evaluation().split());
        if (report.embedding() == ReportConfig.Embedding.NONE || all.length < 2) {
            return Insights.NONE.map();
        }
        int count = Math.min(report.embeddingSamples(), all.length);
        int[] positions = IntStream.range(0, count)
                .map(i -> all[(int) ((long) i * all.length / count)])
                .toArray();
        Seen seen = seen(positions);
        boolean tsne = report.embedding() == ReportConfig.Embedding.TSNE;
        double[][] places = tsne ? Tsne.STANDARD.project(seen.features()) : Pca.project(seen.features(), 2);
        List<Insights.Point> points = IntStream.range(0, count)
                .mapToObj(i -> new Insights.Point(
                        places[i][0], places[i][1], setup.index().labels()[positions[i]], seen.predicted()[i]))
                .toList();
        String method =
                "Each point is one of %,d images, by what the network makes of it below its head, ".formatted(count)
                        + (tsne
                                ? "laid out by t-SNE: neighbours are alike, but distances and sizes of groups mean nothing."
                                : "seen from the side from which most varies (the first two principal components): groups that "
                                        + "overlap here may still lie apart in other directions.");
        return new Insights.Map(method, points);
    }

    /** @param features below the head // [count][features] */
    private record Seen(double[][] features, int[] predicted) {}

    private Seen seen(int[] positions) {
        ModelSpec spec = model.spec();
        String node = spec.output().inputs().get(0);
        double[][] features = new double[positions.length][];
        int[] predicted = new int[positions.length];
        List<BatchRequest> requests = new ArrayList<>();
        int batch = setup.config().evaluation().batch();
        for (int at = 0; at < positions.length; at += batch) {
            int end = Math.min(positions.length, at + batch);
            requests.add(new BatchRequest(0, java.util.Arrays.copyOfRange(positions, at, end)));
        }
        try (Session session = saved.open(compute());
                BatchSource source = open(requests)) {
            int first = 0;
            for (BatchRequest request : requests) {
                Images images = source.take().images();
                int count = request.samples().length;
                float[] below = session.features(images, node);
                float[] logits = session.infer(images);
                for (int i = 0; i < count; i++) {
                    features[first + i] = row(below, i, below.length / count);
                    predicted[first + i] = largest(row(logits, i, logits.length / count));
                }
                first += count;
            }
        }
        return new Seen(features, predicted);
    }

    private static double[] row(float[] values, int row, int width) {
        return IntStream.range(row * width, (row + 1) * width)
                .mapToDouble(i -> values[i])
                .toArray();
    }

    private static int largest(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    private List<Insights.Saliency> saliency(List<Mistake> mistakes) {
        ModelSpec spec = model.spec();
        if (!setup.config().report().saliency() || mistakes.isEmpty() || !GradCam.canSee(spec)) {
            return List.of();
        }
        List<BatchRequest> requests = mistakes.stream()
                .map(each -> new BatchRequest(0, new int[] {each.position()}))
                .toList();
        List<Insights.Saliency> maps = new ArrayList<>();
        try (GradCam cam = GradCam.open(setup.engine(), spec, saved.weights(), model.normalisation(), compute());
                BatchSource source = open(requests)) {
            for (Mistake mistake : mistakes) {
                Images.Bytes images = (Images.Bytes) source.take().images();
                Image seen = new Image(images.height(), images.width(), images.values());
                maps.add(new Insights.Saliency(
                        mistake,
                        Encoder.png(seen),
                        Encoder.png(cam.of(images, mistake.predicted()).over(seen)),
                        Encoder.png(cam.of(images, mistake.label()).over(seen))));
            }
        }
        return maps;
    }

    private BatchSource open(List<BatchRequest> requests) {
        ShardSamples samples =
                new ShardSamples(setup.storage(), setup.index(), setup.config().seed(), setup.cache());
        EvaluationTransform transform = new EvaluationTransform(model.resize(), model.size(), model.interpolation());
        return samples.open()
                .open(requests, transform, setup.config().training().decodeThreads());
    }

    private static Compute compute() {
        return new Compute(Runtime.getRuntime().availableProcessors(), Precision.FLOAT32);
    }
}
