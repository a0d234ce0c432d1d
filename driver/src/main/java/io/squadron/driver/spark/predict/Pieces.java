package io.squadron.driver.spark.predict;

import io.squadron.failure.Failure;
import io.squadron.storage.Checksum;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.Partition;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.datasources.FilePartition;
import org.apache.spark.sql.execution.datasources.PartitionedFile;

/**
 * The parts that Spark reads a source in, each with a name made of what is in it: the stretches of its files, their lengths
 * and times. A piece of the same name is the same piece, in whichever order and on whichever cluster it comes.
 *
 * @param keys by partition
 */
record Pieces(List<String> keys) {
    private static final int KEY_DIGITS = 15;

    /** The pieces of a table that Spark reads from files; fails with USAGE for others. */
    static Pieces of(Dataset<Row> table, String source) {
        List<String> keys = new ArrayList<>();
        for (Partition partition : table.javaRDD().partitions()) {
            if (!(partition instanceof FilePartition files)) {
                throw Failure.usage(
                        "Cannot predict from %s piece by piece: Spark does not read it from files, or not in one go. Write it "
                                + "as parquet first",
                        source);
            }
            keys.add(key(files));
        }
        return new Pieces(List.copyOf(keys));
    }

    /** The letter in front keeps Spark from taking it for a number. */
    private static String key(FilePartition partition) {
        MessageDigest digest = Checksum.digest();
        for (PartitionedFile each : partition.files()) {
            String file = "%s %d %d%n".formatted(each, each.fileSize(), each.modificationTime());
            digest.update(file.getBytes(StandardCharsets.UTF_8));
        }
        return "p" + Checksum.hex(digest.digest()).substring(0, KEY_DIGITS);
    }

    /** The partitions whose key is among {@code finished}. */
    BitSet among(Set<String> finished) {
        BitSet done = new BitSet();
        for (int i = 0; i < keys.size(); i++) {
            done.set(i, finished.contains(keys.get(i)));
        }
        return done;
    }

    /** Names the whole source as it is now. */
    String fingerprint() {
        MessageDigest digest = Checksum.digest();
        keys.stream().sorted().forEach(each -> digest.update(each.getBytes(StandardCharsets.UTF_8)));
        return Checksum.hex(digest.digest()).substring(0, KEY_DIGITS);
    }
}
