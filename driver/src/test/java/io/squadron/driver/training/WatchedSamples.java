package io.squadron.driver.training;

import io.squadron.dataset.BatchRequest;
import io.squadron.dataset.BatchSource;
import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.SampleSource;
import io.squadron.dataset.SampleSourceFactory;
import io.squadron.engine.Batch;
import io.squadron.image.EvaluationTransform;
import io.squadron.image.TrainingTransform;
import io.squadron.image.Transform;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Passes samples on and notes each batch as it is taken; stays in the JVM that made it. */
record WatchedSamples(
        SampleSourceFactory samples, ConcurrentLinkedQueue<BatchRequest> trained, ConcurrentLinkedQueue<Integer> shown)
        implements SampleSourceFactory {
    private static final long serialVersionUID = 1L;

    static WatchedSamples of(SampleSourceFactory samples) {
        return new WatchedSamples(samples, new ConcurrentLinkedQueue<>(), new ConcurrentLinkedQueue<>());
    }

    @Override
    public SampleSource open() {
        SampleSource source = samples.open();
        return new SampleSource() {
            @Override
            public DatasetIndex index() {
                return source.index();
            }

            @Override
            public BatchSource open(List<BatchRequest> requests, Transform transform, int threads) {
                return watched(source.open(requests, transform, threads), requests.iterator(), transform);
            }
        };
    }

    private BatchSource watched(BatchSource batches, Iterator<BatchRequest> next, Transform transform) {
        return new BatchSource() {
            @Override
            public Batch take() {
                note(next.next(), transform);
                return batches.take();
            }

            @Override
            public void close() {
                batches.close();
            }
        };
    }

    private void note(BatchRequest request, Transform transform) {
        if (transform instanceof TrainingTransform) {
            trained.add(request);
        } else if (transform instanceof EvaluationTransform) {
            for (int position : request.samples()) {
                shown.add(position);
            }
        } else {
            throw new IllegalStateException("unknown to this test: " + transform);
        }
    }
}
