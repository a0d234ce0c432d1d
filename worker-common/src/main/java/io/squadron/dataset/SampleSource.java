package io.squadron.dataset;

import io.squadron.image.Transform;
import java.util.List;

/** Where samples come from; what an executor opens for each round. Thread-safe. */
public interface SampleSource {
    DatasetIndex index();

    /**
     * Starts making the batches of {@code requests}, at most a few ahead of the reader.
     *
     * @param transform from the stored image to the network's input size
     * @param threads that decode and transform
     */
    BatchSource open(List<BatchRequest> requests, Transform transform, int threads);
}
