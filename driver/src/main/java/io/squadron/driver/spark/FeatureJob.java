package io.squadron.driver.spark;

import io.squadron.dataset.BatchRequest;
import io.squadron.dataset.BatchSource;
import io.squadron.dataset.FeaturePiece;
import io.squadron.dataset.FeatureSamples;
import io.squadron.dataset.SampleSource;
import io.squadron.dataset.Split;
import io.squadron.engine.Engines;
import io.squadron.engine.Peers;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.image.Transform;
import io.squadron.model.Weights;
import io.squadron.replica.Entry;
import io.squadron.replica.Network;
import io.squadron.replica.Origin;
import io.squadron.replica.Phase;
import io.squadron.replica.StateFiles;
import io.squadron.replica.TrainingJob;
import io.squadron.storage.Storage;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Computes what the frozen body of a phase makes of the training and validation samples, once, in as many tasks as there
 * are replicas. Pieces that are there already stay: a job that was stopped goes on. The body is that of the state from
 * which the run goes on: no phase before this one has trained any of it.
 */
public final class FeatureJob {
    private static final int BATCH = 64;

    private FeatureJob() {}

    /** Runs it for {@code phase}, whose entry is of features; the number of pieces that it computed. */
    public static int run(JavaSparkContext spark, TrainingJob job, Phase phase, Origin origin) {
        Entry.OfFeatures entry = (Entry.OfFeatures) phase.entry();
        FeatureSamples features = (FeatureSamples) entry.samples();
        List<Piece> missing = new ArrayList<>();
        for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
            features.pieces(split).stream()
                    .filter(piece -> !features.storage().exists(Storage.child(features.directory(), piece.name())))
                    .forEach(piece -> missing.add(new Piece(split, piece.first())));
        }
        if (missing.isEmpty()) {
            return 0;
        }
        Work work = new Work(job, phase, origin, features, missing);
        spark.setJobDescription("squadron features of %s, %d pieces".formatted(entry.node(), missing.size()));
        try {
            int tasks = Math.min(missing.size(), job.sync().replicas());
            spark.parallelize(IntStream.range(0, missing.size()).boxed().toList(), tasks)
                    .foreachPartition(work::compute);
        } finally {
            spark.setJobDescription(null);
        }
        return missing.size();
    }

    private record Piece(Split split, int first) implements Serializable {}

    private record Work(TrainingJob job, Phase phase, Origin origin, FeatureSamples features, List<Piece> missing)
            implements Serializable {
        void compute(Iterator<Integer> pieces) {
            Network network = job.network();
            Weights weights = weights(network);
            SessionOptions options = new SessionOptions(
                    job.placement().compute(),
                    phase.freeze(),
                    network.normalisation(),
                    network.loss(),
                    Peers.none(),
                    job.feeding().seed());
            try (Session session =
                    Engines.named(network.engine()).open(network.spec().withSize(phase.size()), weights, options)) {
                SampleSource samples = job.feeding().samples().open();
                while (pieces.hasNext()) {
                    Piece next = missing.get(pieces.next());
                    features.pieces(next.split()).stream()
                            .filter(piece -> piece.first() == next.first())
                            .forEach(piece -> publish(piece, values(piece, session, samples)));
                }
            }
        }

        private Weights weights(Network network) {
            Storage storage = job.placement().storage();
            if (!(origin instanceof Origin.Saved saved)) {
                return network.initialWeights().of(network.spec(), storage);
            }
            Weights weights = Weights.zeros(network.spec().layout());
            new StateFiles(storage).read(saved.state(), List.of("weights"), List.of(weights.values()));
            return weights;
        }

        private String node() {
            return ((Entry.OfFeatures) phase.entry()).node();
        }

        private void publish(FeaturePiece piece, float[] values) {
            features.storage()
                    .publish(Storage.child(features.directory(), piece.name()), out -> piece.write(out, values));
        }

        /** // [samples, looks, elements] */
        private float[] values(FeaturePiece piece, Session session, SampleSource samples) {
            float[] all = new float[piece.elements()];
            for (int look = 0; look < piece.looks(); look++) {
                float[] found = look(look, piece, session, samples);
                int length = piece.length();
                for (int i = 0; i < found.length / length; i++) {
                    System.arraycopy(found, i * length, all, (i * piece.looks() + look) * length, length);
                }
            }
            return all;
        }

        /** One look at each sample. // [samples, elements] */
        private float[] look(int look, FeaturePiece piece, Session session, SampleSource samples) {
            Transform transform = piece.split() == Split.TRAIN
                    ? phase.training()
                    : job.feeding().evaluation();
            List<BatchRequest> requests = requests(look, piece);
            float[] all = new float[(piece.end() - piece.first()) * piece.length()];
            int at = 0;
            try (BatchSource batches =
                    samples.open(requests, transform, job.feeding().decodeThreads())) {
                for (int i = 0; i < requests.size(); i++) {
                    float[] found = session.features(batches.take().images(), node());
                    System.arraycopy(found, 0, all, at, found.length);
                    at += found.length;
                }
            }
            return all;
        }

        private List<BatchRequest> requests(int look, FeaturePiece piece) {
            int[] positions = features.index().positions(piece.split());
            List<BatchRequest> requests = new ArrayList<>();
            for (int first = piece.first(); first < piece.end(); first += BATCH) {
                int end = Math.min(piece.end(), first + BATCH);
                requests.add(new BatchRequest(look, Arrays.copyOfRange(positions, first, end)));
            }
            return requests;
        }
    }
}
