package io.squadron.jobs.compose;

import io.squadron.dataset.DatasetFiles;
import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.Split;
import io.squadron.driver.spark.prepare.DatasetIndexes;
import io.squadron.failure.Failure;
import io.squadron.image.Decoder;
import io.squadron.image.Image;
import io.squadron.image.Picture;
import io.squadron.random.RandomStream;
import io.squadron.storage.Storage;
import io.squadron.storage.StoredFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import scala.Tuple2;

/** A few images out of a dataset, evenly spread over its training split, or out of the directories below a place. */
final class Gallery {
    private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png", "bmp", "gif", "webp");
    /** Directories that are looked into: more say nothing new about a few images. */
    private static final int DIRECTORIES = 200;

    private Gallery() {}

    /**
     * One image.
     *
     * @param id its randomness is keyed by this
     * @param picture what the transforms are given, as in training
     * @param whole its pixels
     */
    record Exhibit(String caption, long id, Picture picture, Image whole) {}

    /** @param unreadable files that were to be shown but cannot be decoded, with the reason */
    record Found(Storage storage, List<Exhibit> pictures, List<String> unreadable) {}

    /** At most {@code count} images; fails with DATA when there is none. */
    static Found at(String uri, int count) {
        Storage storage = storage();
        Found found = storage.exists(Storage.child(uri, DatasetFiles.DESCRIPTION))
                ? ofDataset(uri, count)
                : ofDirectory(storage, uri, count);
        if (found.pictures().isEmpty()) {
            throw Failure.data(
                    "Cannot preview %s: it holds no image that can be read, of %s%s (expected a prepared dataset or "
                            + "directories of images). Check the place",
                    uri,
                    ENDINGS.stream().sorted().toList(),
                    found.unreadable().isEmpty() ? "" : "; " + String.join("; ", found.unreadable()));
        }
        return found;
    }

    /** With the settings that Spark was given for Hadoop, credentials among them; a directory needs nothing else of Spark. */
    private static Storage storage() {
        Map<String, String> settings = new TreeMap<>();
        for (Tuple2<String, String> each : new SparkConf().getAllWithPrefix("spark.hadoop.")) {
            settings.put(each._1(), each._2());
        }
        return Storage.of(settings);
    }

    private static Found ofDataset(String uri, int count) {
        try (Cluster cluster = Cluster.start("squadron preview")) {
            DatasetIndex index = DatasetIndexes.load(cluster.session(), uri);
            StoredImages images = new StoredImages(cluster.storage(), index);
            int[] positions = index.positions(Split.TRAIN);
            int taken = Math.min(count, positions.length);
            List<Exhibit> exhibits = IntStream.range(0, taken)
                    .map(i -> positions[(int) ((long) i * positions.length / taken)])
                    .mapToObj(position -> new Exhibit(
                            index.classes().get(index.labels()[position]),
                            index.ids()[position],
                            images.picture(position),
                            images.image(position)))
                    .toList();
            return new Found(cluster.storage(), exhibits, List.of());
        }
    }

    /** The first image of each directory, then the second of each, and so on. */
    private static Found ofDirectory(Storage storage, String uri, int count) {
        List<List<StoredFile>> folders = folders(storage, uri);
        int longest = folders.stream().mapToInt(List::size).max().orElse(0);
        List<Exhibit> exhibits = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (int i = 0; i < longest; i++) {
            for (List<StoredFile> folder : folders) {
                if (i < folder.size() && exhibits.size() < count) {
                    add(storage, folder.get(i), exhibits, unreadable);
                }
            }
        }
        return new Found(storage, exhibits, unreadable);
    }

    private static void add(Storage storage, StoredFile file, List<Exhibit> exhibits, List<String> unreadable) {
        try {
            Picture picture = Decoder.standard().open(storage.read(file.uri()));
            Image whole = picture.whole();
            String[] parts = file.uri().split("/");
            String caption = parts[parts.length - 2] + "/" + file.name();
            exhibits.add(new Exhibit(caption, RandomStream.key(0, "preview " + caption), picture, whole));
        } catch (Failure e) {
            if (e.kind() != Failure.Kind.DATA) {
                throw e;
            }
            unreadable.add(file.name() + ": " + e.getMessage());
        }
    }

    private static List<List<StoredFile>> folders(Storage storage, String uri) {
        List<List<StoredFile>> folders = new ArrayList<>();
        Deque<String> open = new ArrayDeque<>(List.of(uri));
        for (int i = 0; i < DIRECTORIES && !open.isEmpty(); i++) {
            String directory = open.removeFirst();
            List<StoredFile> files =
                    storage.list(directory).stream().filter(Gallery::isImage).toList();
            if (!files.isEmpty()) {
                folders.add(files);
            }
            storage.directories(directory).stream()
                    .filter(name -> !isHidden(name))
                    .forEach(name -> open.addLast(Storage.child(directory, name)));
        }
        return folders;
    }

    private static boolean isImage(StoredFile file) {
        String ending = file.name().substring(file.name().lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return ENDINGS.contains(ending) && !isHidden(file.name());
    }

    private static boolean isHidden(String name) {
        return name.startsWith(".") || name.startsWith("_");
    }
}
