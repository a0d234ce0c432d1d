package io.squadron.driver.spark.predict;

import io.squadron.engine.Compute;
import io.squadron.engine.Engines;
import io.squadron.engine.Entrance;
import io.squadron.engine.Images;
import io.squadron.engine.Precision;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.exchange.ModelFacts;
import io.squadron.failure.Failure;
import io.squadron.image.EvaluationTransform;
import io.squadron.image.Image;
import io.squadron.model.Freeze;
import io.squadron.model.ModelSpec;
import io.squadron.model.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * A model that is open in this JVM, for all of its tasks: one session on a thread of its own with all cores, and threads that
 * decode ahead of it. Thread-safe; who took it from {@link OpenModels} gives it back there.
 */
final class OpenModel implements AutoCloseable {
    private static final int STEP = 4;
    private static final int SMALLEST_SHARE = 64;

    private final int classes;
    private final EvaluationTransform transform;
    private final int batch;
    private final Session session;
    private final ExecutorService engine;
    private final ExecutorService decoders;

    OpenModel(Shipment shipment, int cores) {
        ModelFacts facts = shipment.modelFacts();
        ModelSpec spec = facts.spec();
        this.classes = facts.classes().size();
        this.transform = new EvaluationTransform(facts.resize(), facts.size(), facts.interpolation());
        this.batch = Entrance.atOnce(spec.input());
        this.session = session(shipment, spec, facts, cores);
        this.engine = threads(1, "squadron-predict");
        this.decoders = threads(cores, "squadron-predict-decode");
    }

    private static Session session(Shipment shipment, ModelSpec spec, ModelFacts facts, int cores) {
        Weights weights = shipment.modelWeights();
        SessionOptions options = SessionOptions.plain()
                .with(new Compute(cores, Precision.FLOAT32))
                .withFreeze(Freeze.none())
                .withNormalisation(facts.normalisation());
        return Engines.named(shipment.engine()).open(spec, weights, options);
    }

    private static ExecutorService threads(int count, String name) {
        return Executors.newFixedThreadPool(count, work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Images of a full batch. */
    int batch() {
        return batch;
    }

    EvaluationTransform transform() {
        return transform;
    }

    /** Starts work that is not the engine's. */
    <T> CompletableFuture<T> ahead(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, decoders);
    }

    /** When {@code images} are there, the probabilities of each, in their order; at most a batch of them. */
    CompletableFuture<List<double[]>> probabilities(CompletableFuture<List<Image>> images) {
        return images.thenApplyAsync(this::compute, engine);
    }

    private List<double[]> compute(List<Image> images) {
        List<double[]> all = new ArrayList<>();
        for (int from = 0; from < images.size(); ) {
            int end = Math.min(images.size(), from + portion(images.size() - from));
            float[] logits = session.infer(sideBySide(images.subList(from, end)));
            for (int i = 0; i < end - from; i++) {
                all.add(softmax(Arrays.copyOfRange(logits, i * classes, (i + 1) * classes)));
            }
            from = end;
        }
        return all;
    }

    /** An engine compiles anew for each other number of images: there are to be few. The last ones are filled up with black. */
    private Images sideBySide(List<Image> images) {
        int size = transform.crop();
        int each = size * size * Image.CHANNELS;
        int places = portion(images.size());
        byte[] values = new byte[Math.multiplyExact(places, each)];
        for (int i = 0; i < images.size(); i++) {
            System.arraycopy(images.get(i).pixels(), 0, values, i * each, each);
        }
        return new Images.Bytes(values, places, size, size, Image.CHANNELS);
    }

    /** The largest of a whole batch, a quarter, a sixteenth and a 64th of one that {@code images} fill; else the smallest. */
    private int portion(int images) {
        int portion = batch;
        for (int share = STEP; share <= SMALLEST_SHARE && images < portion; share *= STEP) {
            portion = Math.max(1, batch / share);
        }
        return portion;
    }

    private static double[] softmax(float[] logits) {
        double top = Double.NEGATIVE_INFINITY;
        for (float each : logits) {
            if (!Float.isFinite(each)) {
                throw Failure.numeric(
                        "Cannot predict: the model gives %s (expected finite numbers). Its weights are broken: take an "
                                + "earlier checkpoint",
                        each);
            }
            top = Math.max(top, each);
        }
        double[] result = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < result.length; i++) {
            result[i] = StrictMath.exp(logits[i] - top);
            sum += result[i];
        }
        for (int i = 0; i < result.length; i++) {
            result[i] /= sum;
        }
        return result;
    }

    /** Frees all native memory once the engine's thread has nothing more to do. */
    @Override
    public void close() {
        decoders.shutdown();
        engine.execute(session::close);
        engine.shutdown();
    }
}
