package io.squadron.driver.transport;

import io.squadron.collective.Wire;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.network.util.MapConfigProvider;
import org.apache.spark.network.util.TransportConf;

/**
 * How a rank talks over the network.
 *
 * @param host where it listens, and where the others find it
 * @param deadline no wait goes on longer without a sign of life from those waited for
 * @param wire how sums travel whose call does not say
 * @param spark Spark's configuration, of which {@code spark.network.*}, {@code spark.authenticate.*} and
 *     {@code spark.squadron.prompt.io.*}, {@code spark.squadron.bulk.io.*} matter
 */
public record TransportSettings(
        String host, Duration deadline, Wire wire, Map<String, String> spark, Authentication authentication) {
    public TransportSettings {
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("Cannot wait %s (expected some time)".formatted(deadline));
        }
        spark = Map.copyOf(spark);
    }

    TransportConf conf(Port port) {
        String io = "spark." + port.module() + ".io.";
        Map<String, String> all = new HashMap<>();
        String threads = Integer.toString(port.lanes().size());
        all.put(io + "serverThreads", threads);
        all.put(io + "clientThreads", threads);
        // Spark closes connections that are silent for so long; our own deadline, which says more, must come before.
        all.put(
                io + "connectionTimeout",
                deadline.multipliedBy(4).plusSeconds(120).toSeconds() + "s");
        all.put(io + "connectionCreationTimeout", deadline.toMillis() + "ms");
        all.putAll(spark);
        return new TransportConf(port.module(), new MapConfigProvider(all));
    }
}
