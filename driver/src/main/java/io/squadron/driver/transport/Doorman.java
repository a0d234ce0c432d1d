package io.squadron.driver.transport;

import java.nio.ByteBuffer;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.StreamCallbackWithID;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands before Spark's authentication, which refuses quietly, and says in the log who was refused. */
final class Doorman extends RpcHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Doorman.class);

    private final RpcHandler inner;

    Doorman(RpcHandler inner) {
        this.inner = inner;
    }

    @Override
    public void receive(TransportClient client, ByteBuffer message, RpcResponseCallback reply) {
        RpcResponseCallback watched = new RpcResponseCallback() {
            @Override
            public void onSuccess(ByteBuffer answer) {
                reply.onSuccess(answer);
            }

            @Override
            public void onFailure(Throwable refusal) {
                reply.onFailure(refusal);
                refused(client, refusal);
            }
        };
        try {
            inner.receive(client, message, watched);
        } catch (RuntimeException refusal) {
            watched.onFailure(refusal);
        }
    }

    private static void refused(TransportClient client, Throwable refusal) {
        LOG.warn("Refused the connection from {}: it did not authenticate ({})", client.getSocketAddress(), refusal);
        client.getChannel().close().addListener(closed -> {});
    }

    @Override
    public void receive(TransportClient client, ByteBuffer message) {
        try {
            inner.receive(client, message);
        } catch (SecurityException refusal) {
            refused(client, refusal);
        }
    }

    @Override
    public StreamCallbackWithID receiveStream(TransportClient client, ByteBuffer header, RpcResponseCallback reply) {
        return inner.receiveStream(client, header, reply);
    }

    @Override
    public void channelActive(TransportClient client) {
        inner.channelActive(client);
    }

    @Override
    public void channelInactive(TransportClient client) {
        inner.channelInactive(client);
    }

    @Override
    public void exceptionCaught(Throwable cause, TransportClient client) {
        inner.exceptionCaught(cause, client);
    }

    @Override
    public StreamManager getStreamManager() {
        return inner.getStreamManager();
    }
}
