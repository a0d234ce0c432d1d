package io.squadron.driver.transport;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.network.client.TransportClient;

/** The other ranks of the group. Thread-safe. */
final class Peers {
    private final List<Peer> others;
    private final Peer[] byRank;
    private final CompletableFuture<Void> assembled = new CompletableFuture<>();

    Peers(Membership own) {
        this.byRank = new Peer[own.size()];
        this.others = IntStream.range(0, own.size())
                .filter(rank -> rank != own.rank())
                .mapToObj(rank -> byRank[rank] = new Peer(rank, Lane.bulk(own.rank(), rank)))
                .toList();
        completeIfAll();
    }

    List<Peer> others() {
        return others;
    }

    Peer of(int rank) {
        return byRank[rank];
    }

    boolean attach(int rank, Lane lane, TransportClient client) {
        boolean fresh = byRank[rank].attach(lane, client);
        completeIfAll();
        return fresh;
    }

    private void completeIfAll() {
        if (unconnected().isEmpty()) {
            assembled.complete(null);
        }
    }

    /** Done when both lanes to all are there. */
    CompletableFuture<Void> assembled() {
        return assembled;
    }

    List<Integer> unconnected() {
        return others.stream()
                .filter(peer -> peer.connections().size() < Lane.values().length)
                .map(Peer::rank)
                .toList();
    }

    /** "rank 1 did not come within 0.2 s (rank 1 runs at host:1:2)". */
    String late(List<Integer> ranks, String did, long nanos) {
        String seconds = String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
        String who = ranks.size() == 1 ? "rank " + ranks.get(0) : "ranks " + ranks;
        String places = ranks.stream()
                .map(rank -> "rank %d runs at %s".formatted(rank, of(rank).place()))
                .collect(Collectors.joining(", "));
        return "%s %s %s (%s)".formatted(who, did, seconds, places);
    }
}
