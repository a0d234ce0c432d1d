package io.squadron.driver.dl4j;

import io.squadron.failure.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a worker hands back: a result, or a failure that another attempt would meet again. Travels as bytes, so that no
 * serializer of the program's Spark need know it.
 */
sealed interface RankReport extends Serializable permits RankResult, RankReport.Failed {
    int rank();

    /** A worker's failure. Spark tries again only what is thrown. */
    record Failed(int rank, Failure.Kind kind, String message) implements RankReport {}

    /** This report, written. */
    default byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The reverse of {@link #bytes}. */
    static RankReport of(byte[] bytes) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (RankReport) in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw Failure.replica("Cannot read what a worker reports. Give driver and executors the same jar")
                    .causedBy(e);
        }
    }

    /** The results by rank; throws the failure that was not just that of a worker which waited for another. */
    static List<RankResult> results(List<byte[]> written) {
        List<RankReport> reports =
                new ArrayList<>(written.stream().map(RankReport::of).toList());
        reports.sort(Comparator.comparingInt(RankReport::rank));
        List<RankResult> results = new ArrayList<>();
        List<Failed> failed = new ArrayList<>();
        for (RankReport report : reports) {
            if (report instanceof RankResult result) {
                results.add(result);
            } else if (report instanceof Failed failure) {
                failed.add(failure);
            }
        }
        if (!failed.isEmpty()) {
            Failed first = failed.stream()
                    .filter(each -> each.kind() != Failure.Kind.REPLICA)
                    .findFirst()
                    .orElse(failed.get(0));
            throw Failure.of(first.kind(), "%s", first.message());
        }
        return results;
    }
}
