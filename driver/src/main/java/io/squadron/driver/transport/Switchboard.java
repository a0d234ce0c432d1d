package io.squadron.driver.transport;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.spark.network.buffer.ManagedBuffer;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.StreamCallbackWithID;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what arrives on the connections of one port to the group; strangers get a refusal, and nothing else. */
final class Switchboard extends RpcHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Switchboard.class);

    private final Group group;
    private final Port port;
    private final StreamManager nothing = new StreamManager() {
        @Override
        public ManagedBuffer getChunk(long stream, int chunk) {
            throw new UnsupportedOperationException("replicas have no chunks to fetch");
        }
    };

    Switchboard(Group group, Port port) {
        this.group = group;
        this.port = port;
    }

    @Override
    public void receive(TransportClient client, ByteBuffer message, RpcResponseCallback reply) {
        try {
            Frames.Kind kind = Frames.kind(message);
            switch (kind) {
                case HELLO -> welcome(client, Frames.hello(message), reply);
                case ABORT -> {
                    Line unusedButKnown = known(client);
                    group.brokenBy(Frames.string(message));
                    reply.onSuccess(ByteBuffer.allocate(0));
                }
                case LEAVE -> {
                    Line line = known(client);
                    group.left(line.peer(), line.lane());
                    reply.onSuccess(ByteBuffer.allocate(0));
                }
                case OFFER -> throw new IllegalArgumentException("it expects a reply to an offer");
            }
        } catch (RuntimeException wrong) {
            refuse(client, String.valueOf(wrong.getMessage()), reply);
        }
    }

    private void welcome(TransportClient client, Hello hello, RpcResponseCallback reply) {
        Optional<String> objection = hello.objection(group.own(), port);
        if (objection.isPresent()) {
            refuse(client, objection.get(), reply);
        } else if (!group.peers().attach(hello.member().rank(), hello.lane(), client)) {
            refuse(
                    client,
                    "rank %d is connected already".formatted(hello.member().rank()),
                    reply);
        } else {
            reply.onSuccess(Frames.reply(true, ""));
        }
    }

    private static void refuse(TransportClient client, String reason, RpcResponseCallback reply) {
        LOG.warn("Refused the connection from {}: {}", client.getSocketAddress(), reason);
        reply.onSuccess(Frames.reply(false, reason));
        client.getChannel().close().addListener(closed -> {});
    }

    private static Line known(TransportClient client) {
        return Line.of(client).orElseThrow(() -> new IllegalArgumentException("it has not said hello"));
    }

    @Override
    public void receive(TransportClient client, ByteBuffer message) {
        Optional<Line> line = Line.of(client);
        if (line.isEmpty()) {
            LOG.warn("Refused a message from {}: it has not said hello", client.getSocketAddress());
            client.getChannel().close().addListener(closed -> {});
            return;
        }
        int rank = line.get().peer().rank();
        try {
            if (Frames.kind(message) != Frames.Kind.OFFER) {
                throw new IllegalArgumentException("a message that needs a reply");
            }
            group.add(rank, Frames.turn(message), Frames.offer(message));
        } catch (RuntimeException wrong) {
            group.breakUp("rank %d sent what does not fit: %s".formatted(rank, wrong), Optional.of(wrong));
        }
    }

    @Override
    public StreamCallbackWithID receiveStream(TransportClient client, ByteBuffer header, RpcResponseCallback reply) {
        int rank = known(client).peer().rank();
        try {
            return group.inlet(rank, Frames.piece(header));
        } catch (RuntimeException wrong) {
            group.breakUp("rank %d sent what does not fit: %s".formatted(rank, wrong), Optional.of(wrong));
            throw wrong;
        }
    }

    @Override
    public void channelInactive(TransportClient client) {
        Line.of(client).ifPresent(line -> group.lost(line.peer(), line.lane()));
    }

    @Override
    public StreamManager getStreamManager() {
        return nothing;
    }
}
