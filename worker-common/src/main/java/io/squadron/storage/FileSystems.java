package io.squadron.storage;

import io.squadron.failure.Failure;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** Hadoop's file systems under one configuration. */
final class FileSystems {
    private final Configuration configuration = new Configuration();

    FileSystems(Map<String, String> settings) {
        settings.forEach(configuration::set);
    }

    Configuration configuration() {
        return configuration;
    }

    /** The local one without its .crc files: they would be left behind by an atomic rename, and our formats have sums. */
    FileSystem of(Path path) throws IOException {
        FileSystem found = path.getFileSystem(configuration);
        return found instanceof LocalFileSystem local ? local.getRawFileSystem() : found;
    }

    static Path path(String uri) {
        try {
            return new Path(uri);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(
                            "Cannot use '%s' as a path: %s (expected a URI such as file:/data or hdfs://host/data)",
                            uri, e.getMessage())
                    .causedBy(e);
        }
    }
}
