package io.squadron.driver.training;

import io.squadron.dataset.BatchRequest;
import io.squadron.dataset.BatchSource;
import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.SampleSource;
import io.squadron.dataset.SampleSourceFactory;
import io.squadron.engine.Batch;
import io.squadron.failure.Failure;
import io.squadron.image.TrainingTransform;
import io.squadron.image.Transform;
import io.squadron.testing.MemorySamples;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** Samples of which one cannot be read in training: the rank that is to take it fails. */
public record BrokenSamples(MemorySamples samples, int brokenPosition, Breakage breakage)
        implements SampleSourceFactory {
    private static final long serialVersionUID = 1L;

    /** What reading the broken sample throws. */
    public enum Breakage {
        /** What a damaged file is answered with. */
        FAILURE,
        /** What nobody thought of. */
        BUG
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
                BatchSource batches = source.open(requests, transform, threads);
                return transform instanceof TrainingTransform ? breaking(batches, requests.iterator()) : batches;
            }
        };
    }

    private BatchSource breaking(BatchSource batches, Iterator<BatchRequest> next) {
        return new BatchSource() {
            @Override
            public Batch take() {
                if (IntStream.of(next.next().samples()).anyMatch(each -> each == brokenPosition)) {
                    throw breakage == Breakage.FAILURE
                            ? Failure.data("Cannot read sample %d: it is damaged", brokenPosition)
                            : new IllegalStateException("no such case");
                }
                return batches.take();
            }

            @Override
            public void close() {
                batches.close();
            }
        };
    }
}
