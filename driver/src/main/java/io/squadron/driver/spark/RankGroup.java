package io.squadron.driver.spark;

import io.squadron.collective.Collective;
import io.squadron.collective.InProcess;
import io.squadron.driver.transport.Address;
import io.squadron.driver.transport.Authentication;
import io.squadron.driver.transport.Membership;
import io.squadron.driver.transport.TransportListener;
import io.squadron.driver.transport.TransportSettings;
import io.squadron.driver.transport.Wire;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.BarrierTaskInfo;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import scala.Tuple2;

/**
 * How the tasks of one barrier stage find each other: as threads where all run in one process, otherwise over Spark's
 * transport, protected as the application's own connections are. Addresses travel through Spark's barrier.
 *
 * @param run the training run
 * @param round its round
 * @param deadline how long a rank waits for another
 */
record RankGroup(String run, long round, Duration deadline) {
    /** The collective of the task that {@code context} belongs to; the caller closes it. */
    Collective join(BarrierTaskContext context) {
        String attempt =
                "round %d stage %d attempt %d".formatted(round, context.stageId(), context.stageAttemptNumber());
        BarrierTaskInfo[] tasks = context.getTaskInfos();
        // A task's address names the executor's port too: equal addresses are one process.
        long executors =
                Arrays.stream(tasks).map(BarrierTaskInfo::address).distinct().count();
        if (executors == 1) {
            return InProcess.join(run + " " + attempt, context.partitionId(), tasks.length, deadline);
        }
        return connect(context, new Membership(run, attempt, context.partitionId(), tasks.length));
    }

    private Collective connect(BarrierTaskContext context, Membership own) {
        TransportListener listener = TransportListener.open(own, settings());
        boolean connected = false;
        try {
            List<String> addresses = gather(context, own, listener.address().toString());
            Collective collective =
                    listener.connect(addresses.stream().map(Address::parse).toList());
            connected = true;
            return collective;
        } finally {
            if (!connected) {
                listener.close();
            }
        }
    }

    /** Through the driver's plugin; without it through Spark's barrier, which looks only once a second. */
    private List<String> gather(BarrierTaskContext context, Membership own, String address) {
        News.Present mine = new News.Present(run, own.attempt(), own.rank(), own.size(), address);
        return Link.current()
                .map(link -> link.gather(context, mine, deadline))
                .orElseGet(() -> List.of(context.allGather(address)));
    }

    private TransportSettings settings() {
        SparkEnv env = SparkEnv.get();
        SparkConf conf = env.conf();
        SecurityManager security = env.securityManager();
        Authentication authentication = security.isAuthenticationEnabled()
                ? new Authentication.Secret(conf.getAppId(), security)
                : new Authentication.None();
        Map<String, String> all = new HashMap<>();
        for (Tuple2<String, String> entry : List.of(conf.getAll())) {
            all.put(entry._1(), entry._2());
        }
        String host = env.blockManager().blockManagerId().host();
        return new TransportSettings(host, deadline, Wire.FLOAT32, all, authentication);
    }
}
