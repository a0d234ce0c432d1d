package io.squadron.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.squadron.engine.Batch;
import io.squadron.engine.Engine;
import io.squadron.engine.Engines;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.model.ModelSpec;
import io.squadron.model.Weights;
import io.squadron.testing.GoldenFill;
import io.squadron.testing.TinyModels;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

/** What the fast engine promises beyond the contract of all engines. */
class OnednnSessionTest {
    private static final int CLASSES = 5;
    private static final int PAGE = 4096;

    private final Engine engine = new OnednnEngine();
    private final ModelSpec residual = TinyModels.residual(CLASSES);
    private final Batch large = batch(256);

    @Test
    void autoTakesIt() {
        assertThat(engine.obstacle()).as("obstacle").isEmpty();
        assertThat(Engines.named(Engines.AUTO).name()).as("engine").isEqualTo(OnednnEngine.NAME);
    }

    /** A session of this test holds 10 MB of activations, 2 GB in all; the Java heap may grow by some of the bound. */
    @Test
    void closedSessionsLeaveNothingBehind() throws Exception {
        for (int i = 0; i < 20; i++) {
            openStepAndClose();
        }
        long pointers = Pointer.totalCount();
        long resident = resident();
        for (int i = 0; i < 200; i++) {
            openStepAndClose();
        }
        assertThat(Pointer.totalCount() - pointers).as("native objects left").isLessThan(20);
        assertThat(resident() - resident).as("bytes left").isLessThan(128L << 20);
    }

    @Test
    void stepsAllocateNextToNothingOnTheHeap() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Session session = open(1)) {
            Batch batch = batch(64);
            for (int i = 0; i < 3; i++) {
                assertThat(session.step(batch).samples()).isEqualTo(64);
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10; i++) {
                assertThat(session.step(batch).samples()).isEqualTo(64);
            }
            long each = (threads.getCurrentThreadAllocatedBytes() - before) / 10;
            assertThat(each).as("bytes a step").isLessThan(64 * 192L * Float.BYTES);
        }
    }

    @Test
    void sessionsSideBySideComputeAsEachAlone() throws Exception {
        float[] expected = gradient(1);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            List<Future<float[]>> both = List.of(pool.submit(() -> gradient(1)), pool.submit(() -> gradient(1)));
            for (Future<float[]> each : both) {
                assertThat(each.get()).as("gradient").isEqualTo(expected);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void sameThreadsGiveTheSameBits() {
        assertThat(gradient(2)).as("gradient on two threads").isEqualTo(gradient(2));
    }

    /** Three batch sizes more than are kept, there and back: programs that were dropped are compiled anew. */
    @Test
    void anyNumberOfBatchSizesIsServed() {
        try (Session session = open(1)) {
            for (int count = 1; count <= 7; count++) {
                assertThat(session.step(batch(count)).samples()).isEqualTo(count);
            }
            for (int count = 7; count >= 1; count--) {
                assertThat(session.step(batch(count)).samples()).isEqualTo(count);
            }
        }
    }

    private float[] gradient(int threads) {
        try (Session session = open(threads)) {
            for (int i = 0; i < 5; i++) {
                assertThat(session.step(batch(32)).samples()).isEqualTo(32);
            }
            return session.gradient().clone();
        }
    }

    private void openStepAndClose() {
        try (Session session = open(1)) {
            assertThat(session.step(large).samples()).isEqualTo(256);
        }
    }

    private Session open(int threads) {
        Weights weights = GoldenFill.weights(residual, 1);
        return engine.open(residual, weights, SessionOptions.plain().withThreads(threads));
    }

    private static Batch batch(int count) {
        return new Batch(GoldenFill.images(count, 3, 8, 0), GoldenFill.labels(count, CLASSES));
    }

    private static long resident() throws IOException {
        return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]) * PAGE;
    }
}
