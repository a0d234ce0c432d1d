package io.squadron.storage;

import io.squadron.failure.Failure;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/** Tells what an IOException of a file system asks of the person at the keyboard. */
final class StorageErrors {
    private StorageErrors() {}

    static Failure failure(String verb, String uri, IOException e) {
        return describe(verb, uri, e, text(e)).causedBy(e);
    }

    private static Failure describe(String verb, String uri, IOException e, String text) {
        if (isDenied(e, text)) {
            return Failure.resources(
                    "Cannot %s %s: permission denied. Give the user of this process the right, or use another path.",
                    verb, uri);
        }
        if (e instanceof FileNotFoundException || e instanceof NoSuchFileException) {
            return Failure.data("Cannot %s %s: it does not exist. Check the path.", verb, uri);
        }
        if (e instanceof ParentNotDirectoryException || text.contains("not a directory")) {
            return Failure.state(
                    "Cannot %s %s: a part of its path is a file (expected a directory). Use another path.", verb, uri);
        }
        if (e instanceof FileAlreadyExistsException || e instanceof java.nio.file.FileAlreadyExistsException) {
            return Failure.state("Cannot %s %s: it exists already. Delete it or use another path.", verb, uri);
        }
        if (e instanceof EOFException) {
            return Failure.data(
                    "Cannot %s %s: the file ends too early (expected more bytes). Write it again from its source.",
                    verb, uri);
        }
        if (e instanceof UnsupportedFileSystemException) {
            return Failure.usage(
                    "Cannot %s %s: %s (expected file:, hdfs: or s3a:). Correct the URI, or add the file system's jar.",
                    verb, uri, text);
        }
        if (isFull(text)) {
            return Failure.resources(
                    "Cannot %s %s: no space left (%s). Free some space or use another path.", verb, uri, text);
        }
        return Failure.resources(
                "Cannot %s %s: %s. Check that the file system is up and that this user may use it.", verb, uri, text);
    }

    private static boolean isDenied(IOException e, String text) {
        return e instanceof AccessControlException
                || e instanceof AccessDeniedException
                || text.contains("Permission denied")
                || text.contains("Read-only file system");
    }

    private static boolean isFull(String text) {
        return text.contains("No space left")
                || text.contains("quota")
                || text.contains("Quota")
                || text.contains("could only be written to 0 of");
    }

    /** The first line: HDFS sends the stack trace of its server as the message. */
    private static String text(IOException e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
