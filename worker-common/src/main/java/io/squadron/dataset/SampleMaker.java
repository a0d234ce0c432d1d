package io.squadron.dataset;

import io.squadron.engine.Batch;
import io.squadron.engine.Images;
import io.squadron.engine.Targets;
import io.squadron.failure.Failure;
import io.squadron.image.Decoder;
import io.squadron.image.Image;
import io.squadron.image.Transform;
import io.squadron.random.RandomStream;
import java.util.Arrays;

/** Makes a batch out of stored samples: read, decode, transform, mix, lay side by side. Thread-safe. */
record SampleMaker(DatasetIndex index, ShardCache cache, Decoder decoder, long seed) {
    Batch batch(BatchRequest request, Transform transform) {
        int[] samples = request.samples();
        Image[] images = new Image[samples.length];
        for (int i = 0; i < samples.length; i++) {
            images[i] = sample(request.epoch(), samples[i], request.repeats()[i], transform);
            requireSize(images[0], images[i], samples[i]);
        }
        int[] labels = Arrays.stream(samples).map(each -> index.labels()[each]).toArray();
        if (request.mates().mixing().isOff()) {
            return new Batch(sideBySide(images), labels);
        }
        return mixed(request, transform, images, labels);
    }

    private Batch mixed(BatchRequest request, Transform transform, Image[] images, int[] labels) {
        BatchRequest.Mates mates = request.mates();
        Image[] mixed = new Image[images.length];
        float[] shares = new float[images.length];
        for (int i = 0; i < images.length; i++) {
            RandomStream random = RandomStream.of(seed, "mix", request.epoch(), mates.pairs()[i]);
            Mixing.Mixed one = mates.mixing().apply(images[i], mate(request, transform, images, i), random);
            mixed[i] = one.image();
            shares[i] = one.share();
        }
        int[] others =
                Arrays.stream(mates.samples()).map(each -> index.labels()[each]).toArray();
        return new Batch(sideBySide(mixed), new Targets(labels, others, shares));
    }

    /** Mostly a neighbour in the batch; across the edge of a share it is made once more. */
    private Image mate(BatchRequest request, Transform transform, Image[] images, int i) {
        int sample = request.mates().samples()[i];
        int repeat = request.mates().repeats()[i];
        for (int near = Math.max(0, i - 1); near < Math.min(images.length, i + 2); near++) {
            if (request.samples()[near] == sample && request.repeats()[near] == repeat) {
                return images[near];
            }
        }
        Image mate = sample(request.epoch(), sample, repeat, transform);
        requireSize(images[i], mate, sample);
        return mate;
    }

    private static Images sideBySide(Image[] images) {
        int height = images.length == 0 ? 0 : images[0].height();
        int width = images.length == 0 ? 0 : images[0].width();
        int length = height * width * Image.CHANNELS;
        byte[] values = new byte[Math.multiplyExact(images.length, length)];
        for (int i = 0; i < images.length; i++) {
            System.arraycopy(images[i].pixels(), 0, values, i * length, length);
        }
        return new Images.Bytes(values, images.length, height, width, Image.CHANNELS);
    }

    private void requireSize(Image first, Image image, int sample) {
        if (image.height() != first.height() || image.width() != first.width()) {
            throw Failure.data(
                    "Cannot batch sample %016x: it has %d x %d pixels (expected %d x %d as those before it). "
                            + "Configure a transform that ends at one size",
                    index.ids()[sample], image.height(), image.width(), first.height(), first.width());
        }
    }

    private Image sample(int epoch, int sample, int repeat, Transform transform) {
        if (Thread.currentThread().isInterrupted()) {
            throw Failure.replica("Cannot make a batch: its reader has closed");
        }
        try {
            return transform.apply(decoder.open(cache.image(sample)), random(epoch, sample, repeat));
        } catch (Failure e) {
            throw e.kind() == Failure.Kind.DATA ? damaged(sample, e) : e;
        }
    }

    private RandomStream random(int epoch, int sample, int repeat) {
        long id = index.ids()[sample];
        return repeat == 0
                ? RandomStream.of(seed, "augment", epoch, id)
                : RandomStream.of(seed, "augment", epoch, id, repeat);
    }

    private Failure damaged(int sample, Failure cause) {
        return Failure.data(
                        "Cannot use sample %016x of shard %s (bytes %d to %d): %s. The dataset is damaged: "
                                + "run `squadron prepare` again into a new directory",
                        index.ids()[sample],
                        cache.uri(index.shards()[sample]),
                        index.offsets()[sample],
                        index.offsets()[sample] + index.lengths()[sample],
                        cause.getMessage())
                .causedBy(cause);
    }
}
