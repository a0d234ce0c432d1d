package io.squadron.driver.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;

/**
 * Waits for the answer to a hello. A welcome attaches the connection at once, on its own thread, so that the first offer,
 * which may come right behind, finds it known.
 */
final class Greeting implements RpcResponseCallback {
    private final Group group;
    private final Lane lane;
    private final int rank;
    private final TransportClient client;
    private final CompletableFuture<String> reply = new CompletableFuture<>();

    Greeting(Group group, Lane lane, int rank, TransportClient client) {
        this.group = group;
        this.lane = lane;
        this.rank = rank;
        this.client = client;
    }

    /** Why not, or the empty string. */
    CompletableFuture<String> reply() {
        return reply;
    }

    @Override
    public void onSuccess(ByteBuffer answer) {
        String refusal = Station.refusal(answer);
        if (refusal.isEmpty() && !group.peers().attach(rank, lane, client)) {
            refusal = "this rank is connected to it already";
        }
        reply.complete(refusal);
    }

    @Override
    public void onFailure(Throwable broken) {
        reply.completeExceptionally(broken);
    }
}
