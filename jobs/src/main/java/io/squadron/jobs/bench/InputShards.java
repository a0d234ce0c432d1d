package io.squadron.jobs.bench;

import io.squadron.dataset.BatchRequest;
import io.squadron.dataset.BatchSource;
import io.squadron.dataset.ChannelStatistics;
import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.ShardSource;
import io.squadron.dataset.ShardWriter;
import io.squadron.engine.Batch;
import io.squadron.engine.Engines;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.failure.Failure;
import io.squadron.image.Brightness;
import io.squadron.image.Contrast;
import io.squadron.image.HorizontalFlip;
import io.squadron.image.RandomResizedCrop;
import io.squadron.image.Saturation;
import io.squadron.image.TrainingTransform;
import io.squadron.image.Transform;
import io.squadron.model.Architectures;
import io.squadron.model.Initialisation;
import io.squadron.model.ModelOptions;
import io.squadron.model.ModelSpec;
import io.squadron.model.Shape;
import io.squadron.storage.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The pictures as a shard: how fast it is read, and how fast a network trains on it. */
final class InputShards {
    private static final int CLASSES = 10;

    private final Path shard;
    private final DatasetIndex index;
    private final Storage storage = Storage.of(Map.of("fs.defaultFS", "file:///"));

    InputShards(Path folder, List<byte[]> files) {
        int count = files.size();
        int[] labels = new int[count];
        long[] ids = new long[count];
        long[] offsets = new long[count];
        int[] lengths = new int[count];
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        shard = folder.resolve("bench.tar");
        try {
            try (ShardWriter writer = new ShardWriter(bytes)) {
                for (int i = 0; i < count; i++) {
                    ids[i] = i;
                    labels[i] = i % CLASSES;
                    lengths[i] = files.get(i).length;
                    offsets[i] = writer.add(i, "jpg", files.get(i), labels[i]);
                }
            }
            Files.write(shard, bytes.toByteArray());
        } catch (IOException e) {
            throw Failure.resources("Cannot write the shard %s: %s. Choose another --folder", shard, e)
                    .causedBy(e);
        }
        List<String> classes = Collections.nCopies(CLASSES, "class");
        ChannelStatistics statistics = new ChannelStatistics(count, List.of(0.5, 0.5, 0.5), List.of(0.3, 0.3, 0.3));
        String directory = folder.toAbsolutePath().toUri().toString();
        index = new DatasetIndex(
                directory,
                "bench",
                classes,
                statistics,
                List.of("bench.tar"),
                ids,
                labels,
                new byte[count],
                new int[count],
                offsets,
                lengths);
    }

    /** Megabytes a second of the shard's file, read once from end to end; from the page cache, if it is there. */
    double rawRate(int rounds) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        double best = 0;
        for (int round = 0; round < rounds; round++) {
            long began = System.nanoTime();
            long bytes = 0;
            try (FileChannel file = FileChannel.open(shard)) {
                for (int read = file.read(buffer.clear()); read > 0; read = file.read(buffer.clear())) {
                    bytes += read;
                }
            }
            best = Math.max(best, bytes * 1e3 / (System.nanoTime() - began));
        }
        return best;
    }

    /** Megabytes a second of whole shards, as they are read for the cache. */
    double wholeRate(int rounds) {
        double best = 0;
        for (int round = 0; round < rounds; round++) {
            long began = System.nanoTime();
            long bytes = storage.readRange(
                            shard.toUri().toString(), 0, (int) shard.toFile().length())
                    .length;
            best = Math.max(best, bytes * 1e3 / (System.nanoTime() - began));
        }
        return best;
    }

    /** Megabytes a second of samples that are read one by one, in another order than they lie. */
    double sampleRate(int rounds) {
        double best = 0;
        for (int round = 0; round < rounds; round++) {
            long began = System.nanoTime();
            long bytes = 0;
            for (int i = 0; i < index.size(); i++) {
                int sample = (int) ((i * 7919L) % index.size());
                bytes += storage.readRange(shard.toUri().toString(), index.offsets()[sample], index.lengths()[sample])
                        .length;
            }
            best = Math.max(best, bytes * 1e3 / (System.nanoTime() - began));
        }
        return best;
    }

    /** Seconds of steps on one batch in memory and of steps on the shard, in turns; {@code steps} of each a turn. */
    List<double[]> training(String architecture, int steps, int turns) {
        Shape input = new Shape(3, InputQuestion.SIZE, InputQuestion.SIZE);
        ModelSpec spec = Architectures.build(architecture, ModelOptions.of(input, CLASSES));
        Transform transform = new TrainingTransform(
                List.of(
                        RandomResizedCrop.standard(),
                        new HorizontalFlip(0.5),
                        new Brightness(0.4),
                        new Contrast(0.4),
                        new Saturation(0.4)),
                InputQuestion.SIZE);
        ShardSource source = new ShardSource(storage, index, InputQuestion.SEED, 1L << 30);
        int cores = Runtime.getRuntime().availableProcessors();
        List<double[]> found = new ArrayList<>();
        try (Session session = Engines.named("onednn")
                .open(
                        spec,
                        Initialisation.HE_UNIFORM_FAN_IN.weights(spec, InputQuestion.SEED),
                        SessionOptions.plain().withThreads(cores))) {
            List<Batch> kept = new ArrayList<>();
            try (BatchSource batches = source.open(requests(2), transform, 1)) {
                kept.add(batches.take());
                kept.add(batches.take());
            }
            session.step(kept.get(0));
            for (int turn = 0; turn < turns; turn++) {
                long began = System.nanoTime();
                for (int i = 0; i < steps; i++) {
                    session.step(kept.get(i % 2));
                }
                double memory = (System.nanoTime() - began) / 1e9;
                found.add(new double[] {memory, onShard(session, source, transform, steps)});
            }
        }
        return found;
    }

    /** More batches are asked for than are taken, so that making them goes on to the last step, as in an epoch. */
    private double onShard(Session session, ShardSource source, Transform transform, int steps) {
        try (BatchSource batches = source.open(requests(steps + 3), transform, 1)) {
            session.step(batches.take());
            long began = System.nanoTime();
            for (int i = 0; i < steps; i++) {
                session.step(batches.take());
            }
            return (System.nanoTime() - began) / 1e9;
        }
    }

    private List<BatchRequest> requests(int count) {
        List<BatchRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] samples = new int[InputQuestion.BATCH];
            int first = i * InputQuestion.BATCH;
            Arrays.setAll(samples, k -> (first + k) % index.size());
            requests.add(new BatchRequest(i, samples));
        }
        return requests;
    }
}
