package io.squadron.driver.transport;

import io.squadron.collective.Collective;
import io.squadron.collective.CollectiveContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class NetworkCollectiveTest extends CollectiveContract {
    private final List<Collective> opened = new ArrayList<>();

    @Override
    protected List<Collective> group(int size, Duration deadline) {
        List<Collective> group = Groups.connected(size, Groups.plain(deadline));
        opened.addAll(group);
        return group;
    }

    @AfterEach
    void close() {
        opened.forEach(Collective::close);
    }
}
