package io.squadron.jobs.compose;

import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.Split;
import io.squadron.image.Image;
import java.util.Arrays;

/** The samples of a dataset as grey pixels, 0..1: the mean of the three colours. */
record GreyPixels(RunSetup setup) {
    /** One row per sample, in the order of the index. // [samples, height * width] */
    float[][] of(Split split) {
        StoredImages images = new StoredImages(setup.storage(), setup.index());
        return Arrays.stream(setup.index().positions(split))
                .mapToObj(images::image)
                .map(GreyPixels::grey)
                .toArray(float[][]::new);
    }

    int[] labels(Split split) {
        DatasetIndex index = setup.index();
        return Arrays.stream(index.positions(split))
                .map(position -> index.labels()[position])
                .toArray();
    }

    private static float[] grey(Image image) {
        float[] grey = new float[image.height() * image.width()];
        for (int i = 0; i < grey.length; i++) {
            int sum = 0;
            for (int channel = 0; channel < Image.CHANNELS; channel++) {
                sum += image.pixels()[i * Image.CHANNELS + channel] & 0xFF;
            }
            grey[i] = sum / (255f * Image.CHANNELS);
        }
        return grey;
    }
}
