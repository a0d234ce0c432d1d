package io.squadron.driver.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.squadron.dataset.Split;
import io.squadron.storage.Checksum;
import io.squadron.storage.StoredFile;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * A part of a source, one task's work.
 *
 * @param format never {@link SourceFormat#AUTO}
 * @param uri of the folder or file
 * @param path of the same below the source, as people see it; empty for the source itself
 * @param range in what the format counts: files, entries, records or bytes
 * @param label the class of all of its images, or what else the format's reader needs to know
 * @param split where a name gives one to all of its images
 * @param names of the files, where it is a list of them; else empty
 * @param key 32 hex digits over all of this, and over length and time of the files it stands for: a source that has changed
 *     has units with other keys
 */
public record SourceUnit(
        SourceFormat format,
        String uri,
        String path,
        Range range,
        String label,
        Optional<Split> split,
        List<String> names,
        String key) {
    private static final int KEY_DIGITS = 32;

    public SourceUnit {
        names = List.copyOf(names);
    }

    /** From {@code first} to before {@code end}. */
    public record Range(long first, long end) {}

    /** A unit with its key computed. */
    static SourceUnit of(
            SourceFormat format, StoredFile place, String path, Range range, String label, Optional<Split> split) {
        MessageDigest digest = head(format, place, path, range, label, split);
        return new SourceUnit(format, place.uri(), path, range, label, split, List.of(), key(digest));
    }

    /** The unit of some files of one folder. */
    static SourceUnit ofFiles(
            StoredFile folder, String path, String label, Optional<Split> split, List<StoredFile> files) {
        Range range = new Range(0, files.size());
        MessageDigest digest = head(SourceFormat.FOLDERS, folder, path, range, label, split);
        files.forEach(each -> add(digest, each));
        List<String> names = files.stream().map(StoredFile::name).toList();
        return new SourceUnit(SourceFormat.FOLDERS, folder.uri(), path, range, label, split, names, key(digest));
    }

    private static MessageDigest head(
            SourceFormat format, StoredFile place, String path, Range range, String label, Optional<Split> split) {
        MessageDigest digest = Checksum.digest();
        add(digest, format.name());
        add(digest, place.uri());
        add(digest, path);
        add(digest, label);
        add(digest, split.map(Split::name).orElse(""));
        add(digest, place);
        digest.update(ByteBuffer.allocate(16)
                .putLong(range.first())
                .putLong(range.end())
                .flip());
        return digest;
    }

    private static void add(MessageDigest digest, StoredFile file) {
        add(digest, file.name());
        ByteBuffer numbers = ByteBuffer.allocate(16);
        digest.update(numbers.putLong(file.length()).putLong(file.modified()).flip());
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(UTF_8));
        digest.update((byte) 0);
    }

    private static String key(MessageDigest digest) {
        return Checksum.hex(digest.digest()).substring(0, KEY_DIGITS);
    }
}
