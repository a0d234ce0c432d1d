package io.squadron.driver.spark.predict;

import io.squadron.failure.Failure;
import io.squadron.image.Decoder;
import io.squadron.image.Image;
import io.squadron.random.RandomStream;
import io.squadron.storage.Storage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.spark.sql.Row;

/**
 * The rows of a partition with their verdicts, in order. Rows are taken a few batches ahead of the reader: while one batch
 * is computed the next ones are read and decoded. One thread.
 */
final class PredictedRows implements Iterator<Row> {
    /** One that is computed, one that is decoded, and one that waits. */
    private static final int BATCHES_AHEAD = 3;

    private static final RandomStream NO_CHANCE = RandomStream.of(0, "predict", 0, 0);

    /**
     * How images are read.
     *
     * @param decoder with its limit of pixels
     */
    record Reading(ImageColumn column, Decoder decoder, Storage storage) {}

    private final Iterator<Row> rows;
    private final OpenModel model;
    private final Reading reading;
    private final Answer answer;
    private final Deque<Pending> ahead = new ArrayDeque<>();
    private long number;
    private Iterator<Row> ready = Collections.emptyIterator();

    /** A batch on its way. */
    private record Pending(
            List<Row> rows, List<CompletableFuture<Sight>> sights, CompletableFuture<List<double[]>> probabilities) {}

    /** An image, or why there is none. */
    private record Sight(Optional<Image> image, String reason) {}

    PredictedRows(Iterator<Row> rows, OpenModel model, Reading reading, Answer answer) {
        this.rows = rows;
        this.model = model;
        this.reading = reading;
        this.answer = answer;
    }

    @Override
    public boolean hasNext() {
        while (!ready.hasNext()) {
            while (ahead.size() < BATCHES_AHEAD && rows.hasNext()) {
                ahead.add(start());
            }
            if (ahead.isEmpty()) {
                return false;
            }
            ready = finished(ahead.poll());
        }
        return true;
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.next();
    }

    private Pending start() {
        List<Row> taken = new ArrayList<>();
        List<CompletableFuture<Sight>> sights = new ArrayList<>();
        while (taken.size() < model.batch() && rows.hasNext()) {
            Row row = rows.next();
            taken.add(row);
            sights.add(model.ahead(() -> look(row)));
        }
        CompletableFuture<List<Image>> images = CompletableFuture.allOf(sights.toArray(CompletableFuture[]::new))
                .thenApply(done -> sights.stream()
                        .flatMap(each -> each.join().image().stream())
                        .toList());
        return new Pending(taken, sights, model.probabilities(images));
    }

    private Sight look(Row row) {
        try {
            Image image = model.transform()
                    .apply(reading.column().picture(row, reading.decoder(), reading.storage()), NO_CHANCE);
            return new Sight(Optional.of(image), "");
        } catch (Failure e) {
            // A store that does not answer says nothing of the image: that fails the task, which Spark tries again.
            if (e.kind() != Failure.Kind.DATA) {
                throw e;
            }
            return new Sight(Optional.empty(), e.getMessage());
        }
    }

    private Iterator<Row> finished(Pending pending) {
        Iterator<double[]> probabilities = await(pending.probabilities()).iterator();
        List<Row> answers = new ArrayList<>();
        for (int i = 0; i < pending.rows().size(); i++) {
            Sight sight = pending.sights().get(i).join();
            Verdict verdict = sight.image().isPresent()
                    ? new Verdict.Seen(probabilities.next())
                    : new Verdict.Unreadable(sight.reason());
            answer.row(pending.rows().get(i), number++, verdict).ifPresent(answers::add);
        }
        return answers.iterator();
    }

    private static <T> T await(CompletableFuture<T> work) {
        try {
            return work.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.replica("Cannot go on predicting: the task was told to stop")
                    .causedBy(e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            while (cause instanceof CompletionException && cause.getCause() != null) {
                cause = cause.getCause();
            }
            if (cause instanceof Failure failure) {
                throw Failure.of(failure.kind(), "%s", failure.getMessage()).causedBy(failure);
            }
            throw new IllegalStateException("A batch could not be predicted", cause);
        }
    }
}
