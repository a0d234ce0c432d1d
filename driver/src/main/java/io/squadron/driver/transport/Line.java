package io.squadron.driver.transport;

import io.netty.util.AttributeKey;
import java.util.Optional;
import org.apache.spark.network.client.TransportClient;

/** Who is at the other end of a connection, and what it is for; known once the hello was welcome. */
record Line(Peer peer, Lane lane) {
    private static final AttributeKey<Line> KEY = AttributeKey.valueOf(Line.class, "line");

    void belongsTo(TransportClient client) {
        client.getChannel().attr(KEY).set(this);
    }

    static Optional<Line> of(TransportClient client) {
        return Optional.ofNullable(client.getChannel().attr(KEY).get());
    }
}
