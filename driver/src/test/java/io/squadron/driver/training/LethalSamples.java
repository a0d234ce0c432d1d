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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Samples of which one ends the rank that first reads it for training.
 *
 * @param scar file that is made before, and keeps later readers alive
 */
public record LethalSamples(MemorySamples samples, int lethalPosition, Death death, String scar)
        implements SampleSourceFactory {
    private static final long serialVersionUID = 1L;

    /** How the rank ends. */
    public enum Death {
        /** Its process is gone without a word. */
        HALT,
        /** It says that it cannot hear the others, as they then say of it. */
        DEAFNESS
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
                return transform instanceof TrainingTransform ? lethal(batches, requests.iterator()) : batches;
            }
        };
    }

    private BatchSource lethal(BatchSource batches, Iterator<BatchRequest> next) {
        return new BatchSource() {
            @Override
            public Batch take() {
                if (IntStream.of(next.next().samples()).anyMatch(each -> each == lethalPosition) && first()) {
                    die();
                }
                return batches.take();
            }

            @Override
            public void close() {
                batches.close();
            }
        };
    }

    private void die() {
        if (death == Death.HALT) {
            Runtime.getRuntime().halt(137);
        }
        throw Failure.replica("Cannot hear the others: the line is dead");
    }

    private boolean first() {
        try {
            Files.createFile(Path.of(scar));
            return true;
        } catch (FileAlreadyExistsException later) {
            return false;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
