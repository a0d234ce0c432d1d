package io.squadron.replica;

import io.squadron.dataset.BatchSource;
import io.squadron.engine.Batch;
import java.util.Iterator;

/** Batches that know where in the run they stand. */
record PlacedBatches(BatchSource batches, Iterator<Batch.Place> places) implements BatchSource {
    @Override
    public Batch take() {
        return batches.take().at(places.next());
    }

    @Override
    public void close() {
        batches.close();
    }
}
