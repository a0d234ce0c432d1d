package io.squadron.dataset;

import io.squadron.engine.Batch;
import io.squadron.engine.Images;
import io.squadron.failure.Failure;
import io.squadron.image.Transform;
import io.squadron.model.Shape;
import io.squadron.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a frozen body makes of the samples, computed before, in the place of images. A training sample has several looks,
 * each changed in its own way: epoch e takes look e modulo their number, changed as in epoch e modulo their number of a run
 * that computes them. Pieces that were read stay in the memory of the JVM as long as its heap has room for them.
 *
 * @param directory that holds the pieces
 * @param index of the dataset
 * @param shape of the features of one look
 * @param looks at each training sample; others have one
 */
public record FeatureSamples(Storage storage, String directory, DatasetIndex index, Shape shape, int looks)
        implements SampleSourceFactory {
    private static final long serialVersionUID = 1L;
    private static final int PIECE_BYTES = 16 << 20;
    private static final Map<String, SoftReference<float[]>> READ = new ConcurrentHashMap<>();

    @Override
    public SampleSource open() {
        return new Source(this, places(index));
    }

    /** The pieces of {@code split}, in order. */
    public List<FeaturePiece> pieces(Split split) {
        int count = index.positions(split).length;
        List<FeaturePiece> pieces = new ArrayList<>();
        for (int first = 0; first < count; first += perPiece(split)) {
            pieces.add(piece(split, first));
        }
        return pieces;
    }

    private FeaturePiece piece(Split split, int place) {
        int first = place - place % perPiece(split);
        int end = Math.min(index.positions(split).length, first + perPiece(split));
        return new FeaturePiece(split, first, end, looksAt(split), shape.elements());
    }

    public int looksAt(Split split) {
        return split == Split.TRAIN ? looks : 1;
    }

    private int perPiece(Split split) {
        long each = (long) looksAt(split) * shape.elements() * Float.BYTES;
        return (int) Math.max(1, PIECE_BYTES / each);
    }

    /** The place of each position of the index among those of its split. */
    private static int[] places(DatasetIndex index) {
        int[] places = new int[index.labels().length];
        for (Split split : Split.values()) {
            int[] positions = index.positions(split);
            for (int place = 0; place < positions.length; place++) {
                places[positions[place]] = place;
            }
        }
        return places;
    }

    private float[] values(FeaturePiece piece) {
        String uri = Storage.child(directory, piece.name());
        SoftReference<float[]> known = READ.get(uri);
        float[] values = known == null ? null : known.get();
        if (values == null) {
            values = read(piece, uri);
            READ.put(uri, new SoftReference<>(values));
        }
        return values;
    }

    private float[] read(FeaturePiece piece, String uri) {
        try (InputStream in = storage.open(uri)) {
            return piece.read(in, uri);
        } catch (IOException e) {
            throw Failure.data("Cannot read features from %s: %s", uri, e.getMessage())
                    .causedBy(e);
        }
    }

    /** @param places of the positions, each in its split */
    private record Source(FeatureSamples features, int[] places) implements SampleSource {
        @Override
        public DatasetIndex index() {
            return features.index();
        }

        /** Transforms are those with which the features were made: nothing is left to do for them. */
        @Override
        public BatchSource open(List<BatchRequest> requests, Transform transform, int threads) {
            return new PrefetchedBatches(requests, this::batch, 1);
        }

        private Batch batch(BatchRequest request) {
            Shape shape = features.shape();
            int length = shape.elements();
            int count = request.samples().length;
            float[] values = new float[Math.multiplyExact(count, length)];
            int[] labels = new int[count];
            for (int i = 0; i < count; i++) {
                int position = request.samples()[i];
                Split split = Split.of(index().splits()[position]);
                FeaturePiece piece = features.piece(split, places[position]);
                int look = (request.epoch() + request.repeats()[i]) % piece.looks();
                System.arraycopy(
                        features.values(piece), piece.offset(places[position], look), values, i * length, length);
                labels[i] = index().labels()[position];
            }
            Images images = new Images.Floats(values, count, shape.channels(), shape.height(), shape.width());
            return new Batch(images, labels);
        }
    }
}
