package io.squadron.storage;

import io.squadron.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Files on any Hadoop file system, by URI: file:, hdfs:, s3a:, or a plain path on the default one. Travels to executors
 * with the Hadoop settings it was made from, whose values it never prints. Thread-safe.
 *
 * <p>Fails with DATA where a path is missing, STATE where one is in the way, USAGE for an unknown kind of URI, and
 * RESOURCES for a full disk, a missing right or a file system that does not answer.
 */
public final class Storage implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Pattern ABSOLUTE = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*:)?/");

    private final TreeMap<String, String> settings;
    private transient volatile FileSystems fileSystems;

    private Storage(Map<String, String> settings) {
        this.settings = new TreeMap<>(settings);
    }

    /** Storage with Hadoop's defaults and {@code settings} over them: the entries of the driver's Hadoop configuration. */
    public static Storage of(Map<String, String> settings) {
        return new Storage(settings);
    }

    /** As {@link #of(Map)}, from anything that lists its entries, as a Hadoop configuration does. */
    public static Storage of(Iterable<Map.Entry<String, String>> settings) {
        Map<String, String> entries = new TreeMap<>();
        settings.forEach(each -> entries.put(each.getKey(), each.getValue()));
        return new Storage(entries);
    }

    /** The URI of {@code name} inside {@code directory}; a name that is a URI or an absolute path stands for itself. */
    public static String child(String directory, String name) {
        if (ABSOLUTE.matcher(name).lookingAt()) {
            return name;
        }
        return directory.endsWith("/") ? directory + name : directory + "/" + name;
    }

    public byte[] read(String uri) {
        return on("read", uri, (files, path) -> {
            try (FSDataInputStream in = files.open(path)) {
                return in.readAllBytes();
            }
        });
    }

    /** The bytes from {@code offset} on; fails with DATA when the file ends before {@code length} of them. */
    public byte[] readRange(String uri, long offset, int length) {
        return on("read", uri, (files, path) -> {
            byte[] bytes = new byte[length];
            try (FSDataInputStream in = files.open(path)) {
                in.readFully(offset, bytes);
            }
            return bytes;
        });
    }

    /** A stream over the whole file; the caller closes it. What it throws while being read is a plain IOException. */
    public InputStream open(String uri) {
        return on("open", uri, FileSystem::open);
    }

    /** As {@link #open}, for reads from any place of the file; the caller closes it. */
    public RangedFile openRanged(String uri) {
        return on("open", uri, (files, path) -> new RangedFile(uri, files.open(path)));
    }

    /** The whole URI of what may be a relative path, or lack its scheme. It need not exist. */
    public String qualified(String uri) {
        return on("resolve", uri, (files, path) -> files.makeQualified(path).toString());
    }

    /** What a listing would say about this one file; fails with DATA where there is none, or a directory. */
    public StoredFile file(String uri) {
        FileStatus found = on("look at", uri, FileSystem::getFileStatus);
        if (!found.isFile()) {
            throw Failure.data("Cannot read %s: it is a directory (expected a file). Correct the path.", uri);
        }
        return stored(found);
    }

    /** Whether {@code uri} is a directory; on an object store also when files lie below it. */
    public boolean isDirectory(String uri) {
        return on("look at", uri, (files, path) -> files.getFileStatus(path).isDirectory());
    }

    public long length(String uri) {
        return on("measure", uri, (files, path) -> files.getFileStatus(path).getLen());
    }

    public boolean exists(String uri) {
        return on("look for", uri, FileSystem::exists);
    }

    /** The files right inside {@code directory}, by name. */
    public List<StoredFile> list(String directory) {
        List<StoredFile> found = new ArrayList<>();
        for (FileStatus each : entries(directory)) {
            if (each.isFile()) {
                found.add(stored(each));
            }
        }
        return List.copyOf(found);
    }

    /** The names of the directories right inside {@code directory}, sorted. */
    public List<String> directories(String directory) {
        return entries(directory).stream()
                .filter(FileStatus::isDirectory)
                .map(each -> each.getPath().getName())
                .toList();
    }

    /** Deletes a file, or a directory with all that is in it; false when there was none. */
    public boolean delete(String uri) {
        return on("delete", uri, (files, path) -> files.delete(path, true));
    }

    public void makeDirectories(String uri) {
        boolean made = on("make directory", uri, FileSystem::mkdirs);
        if (!made) {
            throw Failure.resources(
                    "Cannot make directory %s: the file system refused. Check the path and your right to write there.",
                    uri);
        }
    }

    /**
     * Writes a new file that appears whole or not at all: under a temporary name beside it first, then renamed. Fails with
     * STATE when the name is taken. On an object store the rename is a copy, which also appears whole.
     */
    public void publish(String uri, byte[] bytes) {
        publish(uri, out -> out.write(bytes));
    }

    /** As {@link #publish(String, byte[])}, with content that need not fit in memory. */
    public void publish(String uri, Content content) {
        write(uri, content, Publication.Taken.REFUSE);
    }

    /** As {@link #publish(String, byte[])}, but takes the place of an existing file, in one step on file: and hdfs:. */
    public void replace(String uri, byte[] bytes) {
        replace(uri, out -> out.write(bytes));
    }

    /** As {@link #replace(String, byte[])}, with content that need not fit in memory. */
    public void replace(String uri, Content content) {
        write(uri, content, Publication.Taken.REPLACE);
    }

    /** Begins a file that is to grow, in the place of what is there; the caller closes it. */
    public Journal journal(String uri) {
        return on("write", uri, (files, path) -> Journal.open(this, uri, files.create(path, true), files));
    }

    /** What writes a file's content; it leaves the stream open. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** How many settings it carries, never what they are. */
    @Override
    public String toString() {
        return "Storage[" + settings.size() + " settings]";
    }

    /** Gives a file a name that is free, within one file system. */
    public void rename(String from, String to) {
        Path target = FileSystems.path(to);
        boolean renamed = on("rename", from, (files, path) -> files.rename(path, target));
        if (!renamed) {
            throw Failure.resources(
                    "Cannot rename %s to %s: the file system refused. Check that the first exists, the second does not, "
                            + "and your right to write there.",
                    from, to);
        }
    }

    private void write(String uri, Content content, Publication.Taken taken) {
        on("write", uri, (files, path) -> {
            new Publication(files, fileSystems().configuration(), path).write(content, taken);
            return true;
        });
    }

    private static StoredFile stored(FileStatus status) {
        Path path = status.getPath();
        return new StoredFile(path.toString(), path.getName(), status.getLen(), status.getModificationTime());
    }

    private List<FileStatus> entries(String directory) {
        FileStatus[] found = on("list", directory, FileSystem::listStatus);
        return List.of(found).stream()
                .sorted(Comparator.comparing(each -> each.getPath().getName()))
                .toList();
    }

    private <T> T on(String verb, String uri, Call<T> call) {
        try {
            FileSystems known = fileSystems();
            Path path = FileSystems.path(uri);
            return call.on(known.of(path), path);
        } catch (IOException e) {
            throw StorageErrors.failure(verb, uri, e);
        }
    }

    private FileSystems fileSystems() {
        FileSystems known = fileSystems;
        if (known == null) {
            known = new FileSystems(settings);
            fileSystems = known;
        }
        return known;
    }

    @FunctionalInterface
    private interface Call<T> {
        T on(FileSystem files, Path path) throws IOException;
    }
}
