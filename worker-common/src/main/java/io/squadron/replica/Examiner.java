package io.squadron.replica;

import io.squadron.dataset.BatchRequest;
import io.squadron.dataset.BatchSource;
import io.squadron.dataset.SampleSource;
import io.squadron.engine.Batch;
import io.squadron.engine.Images;
import io.squadron.evaluation.Tally;
import io.squadron.evaluation.TallyBuilder;
import io.squadron.image.Transform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Shows samples to a model and counts how it does; each position once, in order. */
public final class Examiner {
    private final SampleSource samples;
    private final Transform transform;
    private final int decodeThreads;

    public Examiner(SampleSource samples, Transform transform, int decodeThreads) {
        this.samples = samples;
        this.transform = transform;
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
        try (BatchSource batches = samples.open(requests, transform, decodeThreads)) {
            for (BatchRequest request : requests) {
                Batch batch = batches.take();
                float[] logits = model.apply(batch.images());
                for (int i = 0; i < batch.count(); i++) {
                    int position = request.samples()[i];
                    long id = samples.index().ids()[position];
                    tally.add(id, position, batch.labels()[i], logits, i * classes);
                }
            }
        }
        return tally.build();
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
