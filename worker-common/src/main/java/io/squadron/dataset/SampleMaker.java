package io.squadron.dataset;

import io.squadron.engine.Batch;
import io.squadron.engine.Images;
import io.squadron.failure.Failure;
import io.squadron.image.Decoder;
import io.squadron.image.Image;
import io.squadron.image.Transform;
import io.squadron.random.RandomStream;

/** Makes a batch out of stored samples: read, decode, transform, lay side by side. Thread-safe. */
record SampleMaker(DatasetIndex index, ShardCache cache, Decoder decoder, long seed) {
    Batch batch(BatchRequest request, Transform transform) {
        int[] samples = request.samples();
        int[] labels = new int[samples.length];
        int height = 0;
        int width = 0;
        byte[] values = {};
        for (int i = 0; i < samples.length; i++) {
            Image image = sample(request.epoch(), samples[i], transform);
            if (i == 0) {
                height = image.height();
                width = image.width();
                values = new byte[Math.multiplyExact(samples.length, image.pixels().length)];
            } else if (image.height() != height || image.width() != width) {
                throw Failure.data(
                        "Cannot batch sample %016x: it has %d x %d pixels (expected %d x %d as those before it). "
                                + "Configure a transform that ends at one size",
                        index.ids()[samples[i]], image.height(), image.width(), height, width);
            }
            System.arraycopy(image.pixels(), 0, values, i * image.pixels().length, image.pixels().length);
            labels[i] = index.labels()[samples[i]];
        }
        Images images = new Images.Bytes(values, samples.length, height, width, Image.CHANNELS);
        return new Batch(images, labels);
    }

    private Image sample(int epoch, int sample, Transform transform) {
        if (Thread.currentThread().isInterrupted()) {
            throw Failure.replica("Cannot make a batch: its reader has closed");
        }
        RandomStream random = RandomStream.of(seed, "augment", epoch, index.ids()[sample]);
        try {
            return transform.apply(decoder.open(cache.image(sample)), random);
        } catch (Failure e) {
            throw e.kind() == Failure.Kind.DATA ? damaged(sample, e) : e;
        }
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
