package io.squadron.testing;

import io.squadron.dataset.BatchRequest;
import io.squadron.dataset.BatchSource;
import io.squadron.dataset.ChannelStatistics;
import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.SampleSource;
import io.squadron.dataset.SampleSourceFactory;
import io.squadron.dataset.Split;
import io.squadron.engine.Batch;
import io.squadron.engine.Images;
import io.squadron.image.Image;
import io.squadron.image.Transform;
import io.squadron.random.RandomStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Small pictures made in memory, a bright square per class in a place of its own under noise: learnable in a few steps.
 * Position i is training for i below {@code training}, else validation.
 */
public record MemorySamples(int training, int validation, int classes, int size, long seed)
        implements SampleSourceFactory {
    private static final long serialVersionUID = 1L;

    @Override
    public SampleSource open() {
        return new Source(this);
    }

    public DatasetIndex index() {
        int count = training + validation;
        long[] ids = IntStream.range(0, count).mapToLong(i -> 1000L + i).toArray();
        int[] labels = IntStream.range(0, count).map(i -> i % classes).toArray();
        byte[] splits = new byte[count];
        for (int i = 0; i < count; i++) {
            splits[i] = (i < training ? Split.TRAIN : Split.VALIDATION).code();
        }
        List<String> names =
                IntStream.range(0, classes).mapToObj(i -> "class" + i).toList();
        ChannelStatistics statistics = new ChannelStatistics(3, List.of(0.5, 0.5, 0.5), List.of(0.25, 0.25, 0.25));
        return new DatasetIndex(
                "memory:",
                "memory" + seed,
                names,
                statistics,
                List.of(),
                ids,
                labels,
                splits,
                new int[count],
                new long[count],
                new int[count]);
    }

    private Image image(int position) {
        RandomStream random = RandomStream.of(seed, "picture", position);
        byte[] pixels = new byte[size * size * Image.CHANNELS];
        int label = position % classes;
        int side = size / 3;
        int top = (label % 3) * side;
        int left = (label / 3 % 3) * side;
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                boolean inside = row >= top && row < top + side && column >= left && column < left + side;
                for (int channel = 0; channel < Image.CHANNELS; channel++) {
                    int value = random.nextInt(100) + (inside ? 120 : 20);
                    pixels[(row * size + column) * Image.CHANNELS + channel] = (byte) value;
                }
            }
        }
        return new Image(size, size, pixels);
    }

    /** Makes each batch when it is taken. */
    private record Source(MemorySamples samples) implements SampleSource {
        @Override
        public DatasetIndex index() {
            return samples.index();
        }

        @Override
        public BatchSource open(List<BatchRequest> requests, Transform transform, int threads) {
            Iterator<BatchRequest> next = requests.iterator();
            return new BatchSource() {
                @Override
                public Batch take() {
                    return batch(next.next(), transform);
                }

                @Override
                public void close() {}
            };
        }

        private Batch batch(BatchRequest request, Transform transform) {
            int count = request.samples().length;
            List<byte[]> pictures = new ArrayList<>();
            int[] labels = new int[count];
            int size = samples.size();
            for (int i = 0; i < count; i++) {
                int position = request.samples()[i];
                RandomStream random = RandomStream.of(samples.seed(), "augment", request.epoch(), 1000L + position);
                Image picture = transform.apply(samples.image(position), random);
                size = picture.height();
                pictures.add(picture.pixels());
                labels[i] = position % samples.classes();
            }
            byte[] all = new byte[count * size * size * Image.CHANNELS];
            for (int i = 0; i < count; i++) {
                System.arraycopy(pictures.get(i), 0, all, i * all.length / count, all.length / count);
            }
            return new Batch(new Images.Bytes(all, count, size, size, Image.CHANNELS), labels);
        }
    }
}
