package io.squadron.driver.transport;

import io.squadron.collective.Collective;
import io.squadron.failure.Failure;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A rank's open ports, before and while it talks: open, tell the others the {@link #address}, then {@link #connect}.
 * Owns all connections and threads; they end with it, or with the collective it gave.
 */
public final class TransportListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TransportListener.class);

    private final TransportSettings settings;
    private final Group group;
    private final Map<Port, Station> stations = new EnumMap<>(Port.class);
    private final AtomicBoolean closed = new AtomicBoolean();

    private TransportListener(Membership own, TransportSettings settings) {
        this.settings = settings;
        this.group = new Group(own, settings);
    }

    /**
     * Opens the ports.
     *
     * @throws Failure of kind RESOURCES if the host's name cannot be listened on
     */
    public static TransportListener open(Membership own, TransportSettings settings) {
        TransportListener listener = new TransportListener(own, settings);
        try {
            for (Port port : Port.values()) {
                listener.stations.put(port, new Station(port, listener.group, settings));
            }
            return listener;
        } catch (RuntimeException failed) {
            listener.close();
            throw failed;
        }
    }

    public Address address() {
        return new Address(
                settings.host(),
                stations.get(Port.PROMPT).port(),
                stations.get(Port.BULK).port());
    }

    /**
     * Connects to all ranks, the own one included in {@code addresses}, which are in rank order. Each rank calls the lower
     * ones and is called by the higher; returns when it has all lanes to all.
     *
     * @throws Failure of kind REPLICA if a rank refuses, cannot be reached, or does not come before the deadline
     */
    public Collective connect(List<Address> addresses) {
        Membership own = group.own();
        if (addresses.size() != own.size()) {
            throw Failure.replica("Cannot connect %d replicas: there are %d addresses", own.size(), addresses.size());
        }
        group.peers().others().forEach(peer -> peer.runsAt(addresses.get(peer.rank())));
        try {
            for (int rank = 0; rank < own.rank(); rank++) {
                for (Station station : stations.values()) {
                    station.connect(rank, addresses.get(rank), settings.deadline());
                }
            }
            awaitCallers();
        } catch (Failure failed) {
            LOG.warn(failed.getMessage());
            close();
            throw failed;
        }
        return new NetworkCollective(group, this::close);
    }

    private void awaitCallers() {
        try {
            group.peers().assembled().get(settings.deadline().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            List<Integer> missing = group.peers().unconnected();
            throw Failure.replica(
                    "Cannot connect rank %d to all: %s",
                    group.own().rank(),
                    group.peers()
                            .late(
                                    missing,
                                    "did not come within",
                                    settings.deadline().toNanos()));
        } catch (ExecutionException broken) {
            throw group.failure("connect to all");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            group.interrupted(interrupted);
            throw group.failure("connect to all");
        }
    }

    /** Says goodbye and ends all connections; threads and ports are free within a few seconds. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            group.leave();
            group.peers().others().forEach(peer -> peer.connections().forEach(client -> client.close()));
            stations.values().forEach(Station::close);
        }
    }
}
