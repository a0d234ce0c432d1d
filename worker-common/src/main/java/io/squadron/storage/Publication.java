package io.squadron.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.StreamCapabilities;

/** One file on its way to its final name. */
record Publication(FileSystem files, Configuration configuration, Path target) {
    /** What to do when the name is taken. */
    enum Taken {
        REFUSE,
        REPLACE
    }

    void write(Storage.Content content, Taken taken) throws IOException {
        if (taken == Taken.REFUSE && files.exists(target)) {
            throw new org.apache.hadoop.fs.FileAlreadyExistsException(target.toString());
        }
        // A leading dot: listings of datasets and checkpoints skip what a killed process leaves behind.
        Path draft = new Path(target.getParent(), "." + target.getName() + "." + UUID.randomUUID() + ".tmp");
        try {
            fill(draft, content);
            rename(draft, taken);
        } catch (IOException | RuntimeException | Error e) {
            discard(draft, e);
            throw e;
        }
    }

    private void fill(Path draft, Storage.Content content) throws IOException {
        FSDataOutputStream out = files.create(draft, false);
        try {
            content.writeTo(out);
            if (out.hasCapability(StreamCapabilities.HSYNC)) {
                out.hsync();
            }
        } catch (IOException | RuntimeException | Error e) {
            abandon(out, e);
            throw e;
        }
        out.close();
    }

    /** HDFS throws on closing what it threw on writing, the same object, and no exception can suppress itself. */
    private static void abandon(FSDataOutputStream out, Throwable why) {
        try {
            out.close();
        } catch (IOException e) {
            if (e != why) {
                why.addSuppressed(e);
            }
        }
    }

    private void rename(Path draft, Taken taken) throws IOException {
        if (files instanceof RawLocalFileSystem local) {
            java.nio.file.Path from = local.pathToFile(draft).toPath();
            java.nio.file.Path to = local.pathToFile(target).toPath();
            if (taken == Taken.REPLACE) {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            } else {
                give(from, to);
            }
            return;
        }
        Options.Rename rename = taken == Taken.REPLACE ? Options.Rename.OVERWRITE : Options.Rename.NONE;
        FileContext context = FileContext.getFileContext(files.getUri(), configuration);
        context.rename(files.makeQualified(draft), files.makeQualified(target), rename);
    }

    /** A second name by a link: of several processes that want the name at once, one gets it. A move looks first, then moves. */
    private static void give(java.nio.file.Path from, java.nio.file.Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) { // a file system without links
            Files.move(from, to);
            return;
        }
        Files.delete(from);
    }

    private void discard(Path draft, Throwable why) {
        try {
            files.delete(draft, false);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }
}
