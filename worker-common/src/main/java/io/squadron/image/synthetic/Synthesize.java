package io.squadron.image.synthetic;

import io.squadron.image.Encoder;
import io.squadron.storage.Storage;
import java.util.List;

/**
 * Writes scenes as class folders, ready for prepare: {@code out/train/<class>/00000.png} and {@code out/test/<class>/...}. Test
 * images have numbers that no training image has.
 *
 * @param trainPerClass images of each class under train
 * @param testPerClass images of each class under test
 */
public record Synthesize(Scenes scenes, int trainPerClass, int testPerClass) {
    /** Where test images begin: far beyond any number of training images. */
    private static final long TEST = 1L << 40;

    /** Writes all of them below {@code out}; fails with STATE when an image is there already. */
    public void write(Storage storage, String out) {
        List<String> classes = Scenes.classes();
        for (int label = 0; label < classes.size(); label++) {
            String name = classes.get(label);
            write(storage, Storage.child(out, "train/" + name), label, new Numbers(0, trainPerClass));
            write(storage, Storage.child(out, "test/" + name), label, new Numbers(TEST, testPerClass));
        }
    }

    private record Numbers(long first, int count) {}

    private void write(Storage storage, String folder, int label, Numbers numbers) {
        for (int i = 0; i < numbers.count(); i++) {
            byte[] file = Encoder.png(scenes.draw(label, numbers.first() + i));
            storage.publish(Storage.child(folder, "%05d.png".formatted(i)), file);
        }
    }
}
