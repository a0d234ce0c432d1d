package io.squadron.driver.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.network.buffer.NettyManagedBuffer;
import org.apache.spark.network.buffer.NioManagedBuffer;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.protocol.OneWayMessage;

/** Another rank, and the connections to it. Thread-safe. */
final class Peer {
    /** Read at once from a bulk connection, at most: netty's own 64 KiB cost four times the system calls. */
    private static final int READ_BYTES = 1 << 18;

    private final int rank;
    private final Lane outward;
    private final Map<Lane, TransportClient> lanes = new EnumMap<>(Lane.class);
    private final Set<Lane> left = EnumSet.noneOf(Lane.class);
    private volatile String place = "a place unknown";
    private volatile TransportClient prompt;
    private volatile TransportClient bulk;

    /** @param outward the lane of pieces to it */
    Peer(int rank, Lane outward) {
        this.rank = rank;
        this.outward = outward;
    }

    int rank() {
        return rank;
    }

    void runsAt(Address address) {
        place = address.toString();
    }

    /** Where it runs, for a person to read. */
    String place() {
        return place;
    }

    /** Takes {@code client} as the connection of {@code lane}; false if there is one already. */
    synchronized boolean attach(Lane lane, TransportClient client) {
        if (lanes.putIfAbsent(lane, client) != null) {
            return false;
        }
        new Line(this, lane).belongsTo(client);
        if (lane == Lane.PROMPT) {
            prompt = client;
            return true;
        }
        client.getChannel().config().setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(512, 8192, READ_BYTES));
        if (lane == outward) {
            bulk = client;
        }
        return true;
    }

    /** The connection of {@code lane}, unless it has ended or the peer has said that it ends. */
    synchronized Optional<TransportClient> listening(Lane lane) {
        return Optional.ofNullable(lanes.get(lane)).filter(client -> client.isActive() && !left.contains(lane));
    }

    synchronized Collection<TransportClient> connections() {
        return List.copyOf(lanes.values());
    }

    synchronized void leave(Lane lane) {
        left.add(lane);
    }

    synchronized boolean left(Lane lane) {
        return left.contains(lane);
    }

    /** Sends a message on the prompt lane and forgets it; the loss of the connection tells if it was in vain. */
    void send(ByteBuf message) {
        Channel channel = prompt.getChannel();
        channel.writeAndFlush(new OneWayMessage(new NettyManagedBuffer(message)))
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    /** Sends {@code values}, and runs {@code taken} on the thread of the connection when the peer has taken them. */
    void send(Piece piece, Values values, Runnable taken) {
        bulk.uploadStream(new NioManagedBuffer(Frames.piece(piece)), values, new RpcResponseCallback() {
            @Override
            public void onSuccess(ByteBuffer reply) {
                taken.run();
            }

            @Override
            public void onFailure(Throwable lost) {
                // Either the connection closed, or the peer broke up: the group hears of both.
            }
        });
    }

    /** The thread that sends pieces to it. */
    EventLoop bulkThread() {
        return bulk.getChannel().eventLoop();
    }
}
