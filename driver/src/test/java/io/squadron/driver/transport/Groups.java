package io.squadron.driver.transport;

import io.squadron.collective.Collective;
import io.squadron.collective.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Groups whose ranks are all in this JVM and talk through the loopback interface. */
final class Groups {
    private Groups() {}

    static TransportSettings plain(Duration deadline) {
        return new TransportSettings("127.0.0.1", deadline, Wire.FLOAT32, Map.of(), new Authentication.None());
    }

    static List<Collective> connected(int size, TransportSettings settings) {
        List<TransportListener> listeners = IntStream.range(0, size)
                .mapToObj(rank -> TransportListener.open(new Membership("run", "round 0", rank, size), settings))
                .toList();
        List<Address> addresses =
                listeners.stream().map(TransportListener::address).toList();
        List<CompletableFuture<Collective>> joining = listeners.stream()
                .map(listener -> CompletableFuture.supplyAsync(() -> listener.connect(addresses), Groups::start))
                .toList();
        return joining.stream().map(CompletableFuture::join).toList();
    }

    private static void start(Runnable task) {
        new Thread(task, "joining").start();
    }
}
