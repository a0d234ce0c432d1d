package io.squadron.driver.source;

import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import io.squadron.storage.StoredFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out what kind of source a directory or a file is, and lists it. */
public record SourceScan(Storage storage, String source, SourceOptions options) {
    private static final Map<String, SourceFormat> EXTENSIONS = Map.of(
            "csv", SourceFormat.CSV,
            "tsv", SourceFormat.CSV,
            "jsonl", SourceFormat.JSONL,
            "ndjson", SourceFormat.JSONL,
            "parquet", SourceFormat.PARQUET,
            "tar", SourceFormat.WEBDATASET);

    /** Fails with DATA where there is no source, or nothing in it of the format asked for. */
    public Listing list() {
        if (!storage.isDirectory(source)) {
            StoredFile file = storage.file(source);
            return listed(format(file), List.of(new Found(file, file.name())));
        }
        return options.format() == SourceFormat.AUTO ? guessed() : ofFormat(options.format());
    }

    /** A file of a source, and its path below it. */
    record Found(StoredFile file, String path) {}

    private SourceFormat format(StoredFile file) {
        SourceFormat named = EXTENSIONS.get(Names.extension(file.name()));
        SourceFormat format = options.format() == SourceFormat.AUTO ? named : options.format();
        if (format == null || format == SourceFormat.FOLDERS || format == SourceFormat.IDX) {
            throw Failure.data(
                    "Cannot prepare %s: it is a file of an unknown kind (expected a directory, or a file named .csv, .tsv, "
                            + ".jsonl, .parquet or .tar). Name its format with prepare.format",
                    source);
        }
        return format;
    }

    /** What lies at the top decides, then what lies in folders; a table beside class folders is only a table beside them. */
    private Listing guessed() {
        List<StoredFile> top = visibleFiles("");
        if (top.stream().anyMatch(IdxScan::matches)) {
            return ofFormat(SourceFormat.IDX);
        }
        for (SourceFormat each : List.of(SourceFormat.PARQUET, SourceFormat.WEBDATASET)) {
            if (top.stream().anyMatch(file -> is(each, file.name()))) {
                return ofFormat(each);
            }
        }
        List<String> folders = visibleFolders("");
        for (SourceFormat each : List.of(SourceFormat.CSV, SourceFormat.JSONL)) {
            if (folders.size() < 2
                    && top.stream().filter(file -> is(each, file.name())).count() == 1) {
                return ofFormat(each);
            }
        }
        for (String folder : folders) {
            Optional<SourceFormat> inside = visibleFiles(folder + "/").stream()
                    .map(file -> EXTENSIONS.get(Names.extension(file.name())))
                    .filter(each -> each == SourceFormat.PARQUET || each == SourceFormat.WEBDATASET)
                    .findFirst();
            if (inside.isPresent()) {
                return ofFormat(inside.get());
            }
        }
        return ofFormat(SourceFormat.FOLDERS);
    }

    private Listing ofFormat(SourceFormat format) {
        if (format == SourceFormat.FOLDERS) {
            return new FolderScan(storage, source).list();
        }
        if (format == SourceFormat.IDX) {
            return new IdxScan(storage, source)
                    .list(some(
                            format,
                            visibleFiles("").stream().filter(IdxScan::matches).toList()));
        }
        List<Found> all = new ArrayList<>();
        collect("", all);
        return listed(
                format,
                some(
                        format,
                        all.stream().filter(each -> is(format, each.path())).toList()));
    }

    private Listing listed(SourceFormat format, List<Found> files) {
        return switch (format) {
            case CSV -> new CsvScan(storage, options).list(files);
            case JSONL -> new JsonlScan(storage, options).list(files);
            case PARQUET -> new ParquetScan(storage, options).list(files);
            case WEBDATASET -> TarScan.list(files);
            default -> throw new IllegalStateException("Of no file: " + format);
        };
    }

    private <T> List<T> some(SourceFormat format, List<T> files) {
        if (files.isEmpty()) {
            throw Failure.data(
                    "Cannot prepare %s: no file in it is named like %s. Correct the source or prepare.format",
                    source, format);
        }
        return files;
    }

    private static boolean is(SourceFormat format, String name) {
        return EXTENSIONS.get(Names.extension(name)) == format;
    }

    /** By path, folders after the files beside them. */
    private void collect(String below, List<Found> all) {
        visibleFiles(below).forEach(each -> all.add(new Found(each, below + each.name())));
        visibleFolders(below).forEach(each -> collect(below + each + "/", all));
    }

    private List<StoredFile> visibleFiles(String below) {
        return storage.list(Storage.child(source, below)).stream()
                .filter(each -> Names.isVisible(each.name()))
                .toList();
    }

    private List<String> visibleFolders(String below) {
        return storage.directories(Storage.child(source, below)).stream()
                .filter(Names::isVisible)
                .toList();
    }
}
