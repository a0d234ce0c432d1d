package io.squadron.replica;

import io.squadron.dataset.BatchRequest;
import io.squadron.dataset.BatchSource;
import io.squadron.dataset.SampleSource;
import io.squadron.engine.Images;
import io.squadron.evaluation.Tally;
import io.squadron.evaluation.TallyBuilder;
import io.squadron.image.Transform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Shows samples to a model and counts how it does; each position once, in order. Where there are several views of a sample, the
 * probabilities that the model gives them are averaged (test-time augmentation).
 */
public final class Examiner {
    /** Probabilities have a logarithm. */
    private static final double LEAST = 1e-30;

    private final SampleSource samples;
    private final List<Transform> views;
    private final int decodeThreads;

    public Examiner(SampleSource samples, Transform transform, int decodeThreads) {
        this(samples, List.of(transform), decodeThreads);
    }

    /** With the {@code views} of each sample, at least one. */
    public Examiner(SampleSource samples, List<Transform> views, int decodeThreads) {
        this.samples = samples;
        this.views = List.copyOf(views);
        this.decodeThreads = decodeThreads;
    }

    /**
     * Counts over {@code examination}.
     *
     * @param model from images to logits // [samples * classes]
     */
    public Tally tally(Examination examination, Function<Images, float[]> model) {
        int classes = samples.index().classes().size();
        TallyBuilder tally = new TallyBuilder(classes, examination.bins(), examination.worst());
        List<BatchRequest> requests = requests(examination);
        if (requests.isEmpty()) {
            return tally.build();
        }
        try (Looks looks = new Looks(requests)) {
            for (BatchRequest request : requests) {
                float[] logits = looks.next(model, classes);
                for (int i = 0; i < request.samples().length; i++) {
                    int position = request.samples()[i];
                    tally.add(
                            samples.index().ids()[position],
                            position,
                            samples.index().labels()[position],
                            logits,
                            i * classes);
                }
            }
        }
        return tally.build();
    }

    /** The batches of all views, side by side. */
    private final class Looks implements AutoCloseable {
        private final List<BatchSource> sources = new ArrayList<>();

        Looks(List<BatchRequest> requests) {
            views.forEach(view -> sources.add(samples.open(requests, view, decodeThreads)));
        }

        /** Logits of the next batch; of several views the logarithm of the mean probability, which is as good. */
        float[] next(Function<Images, float[]> model, int classes) {
            if (sources.size() == 1) {
                return model.apply(sources.get(0).take().images());
            }
            double[] sum = new double[0];
            for (BatchSource source : sources) {
                float[] logits = model.apply(source.take().images());
                sum = sum.length == 0 ? new double[logits.length] : sum;
                addProbabilities(logits, classes, sum);
            }
            float[] logits = new float[sum.length];
            for (int i = 0; i < sum.length; i++) {
                logits[i] = (float) StrictMath.log(Math.max(sum[i] / sources.size(), LEAST));
            }
            return logits;
        }

        @Override
        public void close() {
            sources.forEach(BatchSource::close);
        }
    }

    private static void addProbabilities(float[] logits, int classes, double[] sum) {
        for (int from = 0; from < logits.length; from += classes) {
            double top = logits[from];
            for (int i = from; i < from + classes; i++) {
                top = Math.max(top, logits[i]);
            }
            double total = 0;
            for (int i = from; i < from + classes; i++) {
                total += StrictMath.exp(logits[i] - top);
            }
            for (int i = from; i < from + classes; i++) {
                sum[i] += StrictMath.exp(logits[i] - top) / total;
            }
        }
    }

    private static List<BatchRequest> requests(Examination examination) {
        int[] positions = examination.positions();
        List<BatchRequest> requests = new ArrayList<>();
        for (int at = 0; at < positions.length; at += examination.batch()) {
            int end = Math.min(positions.length, at + examination.batch());
            requests.add(new BatchRequest(0, Arrays.copyOfRange(positions, at, end)));
        }
        return requests;
    }
}
