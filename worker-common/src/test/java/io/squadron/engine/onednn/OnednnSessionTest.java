package io.squadron.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.squadron.engine.Batch;
import io.squadron.engine.Engine;
import io.squadron.engine.Engines;
import io.squadron.engine.Normalisation;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.failure.Failure;
import io.squadron.model.Layer;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import io.squadron.model.Weights;
import io.squadron.testing.GoldenFill;
import io.squadron.testing.TinyModels;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

    /** What an average failure leaves behind must be less than one native object, or one kilobyte. */
    @Test
    void openingOrCompilingInVainLeavesNothingBehind() throws Exception {
        ModelSpec half = halfCompilable();
        for (int i = 0; i < 5; i++) {
            failToOpenAndToCompile(half);
        }
        long pointers = Pointer.totalCount();
        long resident = resident();
        for (int i = 0; i < 200; i++) {
            failToOpenAndToCompile(half);
        }
        assertThat(Pointer.totalCount() - pointers).as("native objects left").isLessThan(20);
        assertThat(resident() - resident).as("bytes left").isLessThan(32L << 20);
    }

    private void failToOpenAndToCompile(ModelSpec half) {
        Weights weights = GoldenFill.weights(half, 1);
        SessionOptions gray = SessionOptions.plain().withNormalisation(Normalisation.unit(1));
        assertThatThrownBy(() -> engine.open(half, weights, gray)).isInstanceOf(Failure.class);
        try (Session session = engine.open(half, weights, SessionOptions.plain())) {
            assertThatThrownBy(() -> session.step(batch(64)))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("layer 'even'");
        }
    }

    /** Its response norm is over an even number of channels, which this engine does not have. */
    private static ModelSpec halfCompilable() {
        return new ModelSpec(
                "tiny-half",
                TinyModels.IMAGE,
                List.of(
                        new Node(
                                "conv1",
                                new Layer.Convolution(3, 16, Layer.Window.square(3, 1, 1), 1, true),
                                List.of(ModelSpec.INPUT)),
                        new Node("bn1", Layer.BatchNorm.of(16), List.of("conv1")),
                        new Node("even", new Layer.LocalResponseNorm(4, 1e-4f, 0.75f, 1f), List.of("bn1")),
                        new Node("pool", new Layer.GlobalAveragePool(), List.of("even")),
                        new Node("fc", new Layer.Dense(16, CLASSES, true), List.of("pool"))));
    }

    /**
     * A step leaves its result and some boxes behind: less than 2 KB, whatever the batch and the network. Until the
     * compiler of the JVM has come to a method, its short-lived objects count as well, and on a busy machine it comes
     * late: the least of several looks is taken.
     */
    @Test
    void stepsAllocateNextToNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Session session = open(1)) {
            Batch batch = batch(64);
            steps(session, batch, 200);
            long objects = Pointer.totalCount();
            long each = Long.MAX_VALUE;
            for (int look = 0; look < 30 && each >= 2048; look++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                steps(session, batch, 100);
                each = Math.min(each, (threads.getCurrentThreadAllocatedBytes() - before) / 100);
            }
            assertThat(each).as("bytes a step on the heap").isLessThan(2048);
            assertThat(Pointer.totalCount()).as("native objects").isEqualTo(objects);
        }
    }

    /**
     * glibc's own count of bytes in use, so that a leak of one small block in a step would show. The JVM's compiler takes and
     * gives back much more meanwhile, but hardly in each of nine stretches of steps: the quietest one counts.
     */
    @Test
    void stepsLeaveNothingOffTheHeap() {
        try (Session session = open(1)) {
            Batch batch = batch(64);
            steps(session, batch, 500);
            long[] grown = new long[9];
            for (int i = 0; i < grown.length; i++) {
                long before = Malloc.bytesInUse();
                steps(session, batch, 300);
                grown[i] = Math.abs(Malloc.bytesInUse() - before);
            }
            Arrays.sort(grown);
            assertThat(grown[0])
                    .as("bytes of 300 steps, of %s", Arrays.toString(grown))
                    .isLessThan(300 * 16L);
        }
    }

    private static void steps(Session session, Batch batch, int count) {
        for (int i = 0; i < count; i++) {
            if (session.step(batch).samples() != 64) {
                throw new AssertionError("samples are missing");
            }
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
            assertThat(session.infer(large.images())).hasSize(256 * CLASSES);
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
