package io.squadron.driver.transport;

import io.squadron.failure.Failure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.server.TransportServer;
import org.apache.spark.network.server.TransportServerBootstrap;
import org.apache.spark.network.util.TransportConf;

/** The port, the threads and the outgoing connections of one lane. */
final class Station implements AutoCloseable {
    private final Port port;
    private final Group group;
    private final TransportContext context;
    private final TransportServer server;
    private final TransportClientFactory clients;

    Station(Port port, Group group, TransportSettings settings) {
        this.port = port;
        this.group = group;
        TransportConf conf = settings.conf(port);
        this.context = new TransportContext(conf, new Switchboard(group, port));
        List<TransportServerBootstrap> demanded =
                new ArrayList<>(settings.authentication().demanded(conf));
        if (!demanded.isEmpty()) {
            demanded.add((channel, handler) -> new Doorman(handler));
        }
        try {
            this.server = context.createServer(settings.host(), 0, demanded);
        } catch (RuntimeException refused) {
            context.close();
            throw Failure.resources("Cannot listen on %s: %s", settings.host(), refused.getMessage())
                    .causedBy(refused);
        }
        this.clients = context.createClientFactory(settings.authentication().shown(conf));
    }

    int port() {
        return server.getPort();
    }

    /** Connects all lanes to {@code rank}. */
    void connect(int rank, Address address, Duration within) {
        port.lanes().forEach(lane -> connect(lane, rank, address, within));
    }

    private void connect(Lane lane, int rank, Address address, Duration within) {
        String where = "rank %d at %s".formatted(rank, address);
        try {
            TransportClient client = clients.createUnmanagedClient(address.host(), address.number(port));
            Greeting greeting = new Greeting(group, lane, rank, client);
            client.sendRpc(Frames.hello(new Hello(Hello.VERSION, group.own(), lane)), greeting);
            String refusal = greeting.reply().get(within.toNanos(), TimeUnit.NANOSECONDS);
            if (!refusal.isEmpty()) {
                client.close();
                throw Failure.replica(
                        "Cannot join the replicas as rank %d: %s refused: %s",
                        group.own().rank(), where, refusal);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unreachable(where, interrupted);
        } catch (Failure known) {
            throw known;
        } catch (Exception unreachable) {
            throw unreachable(where, unreachable);
        }
    }

    private Failure unreachable(String where, Exception cause) {
        return Failure.replica("Cannot connect rank %d to %s: %s", group.own().rank(), where, cause)
                .causedBy(cause);
    }

    /** The word of a reply: empty if welcome. */
    static String refusal(ByteBuffer reply) {
        reply.order(ByteOrder.LITTLE_ENDIAN);
        boolean welcome = reply.get() == 1;
        String reason = Frames.string(reply);
        return welcome ? "" : reason;
    }

    @Override
    public void close() {
        clients.close();
        server.close();
        context.close();
    }
}
