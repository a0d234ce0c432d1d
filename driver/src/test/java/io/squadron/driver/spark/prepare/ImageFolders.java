package io.squadron.driver.spark.prepare;

import io.squadron.image.Encoder;
import io.squadron.image.Pictures;
import io.squadron.storage.Storage;

/** Class folders of small random pictures, for tests. */
final class ImageFolders {
    private ImageFolders() {}

    /** {@code count} PNGs of 6 x 5 pixels in each folder; no two pictures are alike. */
    static void write(Storage storage, String root, int count, String... folders) {
        for (int label = 0; label < folders.length; label++) {
            for (int i = 0; i < count; i++) {
                String name = folders[label] + "/%04d.png".formatted(i);
                storage.publish(Storage.child(root, name), Encoder.png(Pictures.noise(6, 5, label * 10_000L + i)));
            }
        }
    }
}
