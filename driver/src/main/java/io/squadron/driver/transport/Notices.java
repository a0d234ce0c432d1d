package io.squadron.driver.transport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;

/** What this rank tells all others about itself. They answer, so that it knows that they know. */
final class Notices {
    /** How long to wait for answers; who is stopped or cut off gives none. */
    private static final long ABORT_MILLIS = 200;

    private static final long LEAVE_MILLIS = 2000;

    private final Peers peers;
    private volatile CountDownLatch told = new CountDownLatch(0);

    Notices(Peers peers) {
        this.peers = peers;
    }

    /** This rank cannot go on, for {@code reason}. */
    void tell(String reason) {
        List<TransportClient> reachable = new ArrayList<>();
        peers.others().forEach(peer -> peer.listening(Lane.PROMPT).ifPresent(reachable::add));
        told = send(Frames.Kind.ABORT, reason, reachable);
    }

    /** Waits a little for the others to have heard of {@link #tell}. */
    void awaitTold() {
        await(told, ABORT_MILLIS);
        told = new CountDownLatch(0);
    }

    /** Nothing more comes from this rank; returns when all have read what came before, or a little later. */
    void leave() {
        List<TransportClient> listening = new ArrayList<>();
        for (Lane lane : Lane.values()) {
            peers.others().forEach(peer -> peer.listening(lane).ifPresent(listening::add));
        }
        await(send(Frames.Kind.LEAVE, "", listening), LEAVE_MILLIS);
    }

    private static CountDownLatch send(Frames.Kind kind, String reason, List<TransportClient> to) {
        CountDownLatch answers = new CountDownLatch(to.size());
        for (TransportClient client : to) {
            client.sendRpc(Frames.notice(kind, reason), new RpcResponseCallback() {
                @Override
                public void onSuccess(ByteBuffer reply) {
                    answers.countDown();
                }

                @Override
                public void onFailure(Throwable closed) {
                    answers.countDown();
                }
            });
        }
        return answers;
    }

    private static void await(CountDownLatch answers, long millis) {
        boolean interrupted = Thread.interrupted();
        try {
            boolean unusedAll = answers.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException again) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
