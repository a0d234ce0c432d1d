package io.squadron.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.failure.Failure;
import io.squadron.random.RandomStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Collective} must do; a subclass says how its groups are made. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class CollectiveContract {
    protected static final Duration PATIENT = Duration.ofSeconds(30);
    protected static final Duration SHORT = Duration.ofMillis(150);
    private static final int[] LENGTHS = {0, 1, 3, 100, 8191, 8193, 20_011};

    /** A fresh group, by rank. */
    protected abstract List<Collective> group(int size, Duration deadline);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void sumsHaveTheBitsOfAddingInRankOrderWhateverArrivesFirst(int size) {
        for (int trial = 0; trial < 4; trial++) {
            long seed = 100L * size + trial;
            float[][] parts = parts(seed, size);
            Ranks.run(group(size, PATIENT), collective -> {
                RandomStream delay = RandomStream.of(seed, "delay", collective.rank());
                for (int length : LENGTHS) {
                    float[] values = parts[collective.rank()].clone();
                    Ranks.dawdle(delay);
                    collective.allReduce("vector of " + length, values, 2, length);
                    assertThat(Arrays.equals(values, expectedSum(parts, collective.rank(), length)))
                            .as("length %d, seed %d, rank %d", length, seed, collective.rank())
                            .isTrue();
                }
                return null;
            });
        }
    }

    /** Values of very different size, so that another order of adding would give other bits. // [ranks, elements] */
    private static float[][] parts(long seed, int size) {
        float[][] parts = new float[size][LENGTHS[LENGTHS.length - 1] + 5];
        for (int rank = 0; rank < size; rank++) {
            RandomStream random = RandomStream.of(seed, "values", rank);
            for (int i = 0; i < parts[rank].length; i++) {
                parts[rank][i] = (float) (random.between(-1, 1) * (1 << random.nextInt(24)));
            }
        }
        return parts;
    }

    private static float[] expectedSum(float[][] parts, int own, int length) {
        float[] expected = parts[own].clone();
        for (int i = 2; i < 2 + length; i++) {
            float sum = parts[0][i];
            for (int rank = 1; rank < parts.length; rank++) {
                sum += parts[rank][i];
            }
            expected[i] = sum;
        }
        return expected;
    }

    @Test
    void whatLiesOutsideTheRangeStays() {
        Ranks.run(group(3, PATIENT), collective -> {
            float[] values = {7, 8, collective.rank(), 9};
            collective.allReduce("one value", values, 2, 1);
            assertThat(values).containsExactly(7, 8, 3, 9);
            collective.broadcast("one value", 1, values, collective.rank() == 1 ? 0 : 3, 1);
            assertThat(values[3]).isEqualTo(collective.rank() == 1 ? 9f : 7f);
            return null;
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void gathersGiveEachRankCopiesOfItsOwn(int size) {
        Ranks.run(group(size, PATIENT), collective -> {
            double[] mine = new double[collective.rank()];
            Arrays.fill(mine, collective.rank());
            double[][] all = collective.allGather("ranks", mine);
            Arrays.fill(mine, -1);
            assertThat(all).hasNumberOfRows(size);
            for (int rank = 0; rank < size; rank++) {
                assertThat(all[rank]).containsExactly(sameOften(rank));
                Arrays.fill(all[rank], 99);
            }
            return null;
        });
    }

    private static double[] sameOften(int rank) {
        double[] values = new double[rank];
        Arrays.fill(values, rank);
        return values;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void broadcastsGiveTheRootsValuesToAll(int size) {
        Ranks.run(group(size, PATIENT), collective -> {
            for (int root = 0; root < size; root++) {
                float[] values = new float[9000];
                Arrays.fill(values, collective.rank() + 1);
                collective.broadcast("weights", root, values, 0, values.length);
                assertThat(values).containsOnly(root + 1);
                Arrays.fill(values, -1);
            }
            return null;
        });
    }

    @Test
    void longAndShortExchangesFollowEachOther() {
        int rounds = 150;
        List<Double> ends = Ranks.run(group(4, PATIENT), collective -> {
            double chain = 1;
            float[] large = new float[20_000];
            for (int round = 0; round < rounds; round++) {
                for (double[] each : collective.allGather("small " + round, new double[] {chain})) {
                    chain += each[0] % 7;
                }
                Arrays.fill(large, collective.rank());
                collective.allReduce("large", large, 0, large.length);
                assertThat(large[0]).isEqualTo(6);
                assertThat(large[large.length - 1]).isEqualTo(6);
                collective.barrier("end of " + round);
            }
            return chain;
        });
        assertThat(ends).hasSize(4).containsOnly(ends.get(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void asynchronousSumsGoOnWhileOtherExchangesDo(int size) {
        Ranks.run(group(size, PATIENT), collective -> {
            float[] values = new float[60_000];
            List<Pending> sums = new ArrayList<>();
            for (int bucket = 0; bucket < 6; bucket++) {
                Arrays.fill(values, bucket * 10_000, bucket * 10_000 + 10_000, collective.rank() + bucket);
                sums.add(collective.allReduceAsync("bucket " + bucket, values, bucket * 10_000, 100 + bucket * 1900));
                assertThat(collective.allGather("norm " + bucket, new double[] {collective.rank()}))
                        .hasDimensions(size, 1);
            }
            collective.barrier("before they are awaited");
            for (int bucket = 5; bucket >= 0; bucket--) {
                sums.get(bucket).await();
                int end = bucket * 10_000 + 100 + bucket * 1900;
                float sum = size * (size - 1) / 2f + size * bucket;
                assertThat(Arrays.copyOfRange(values, bucket * 10_000, end)).containsOnly(sum);
                assertThat(values[end]).isEqualTo(collective.rank() + bucket);
            }
            return null;
        });
    }

    @Test
    void anAbortEndsAsynchronousSums() {
        List<Throwable> thrown = Ranks.failures(group(2, PATIENT), collective -> {
            collective.barrier("start");
            if (collective.rank() == 1) {
                collective.abort(new IllegalStateException("disk full"));
            }
            collective.allReduceAsync("bucket 3", new float[10_000], 0, 10_000).await();
        });
        assertThat(thrown)
                .allSatisfy(each -> assertReplica(each)
                        .hasMessageContaining("'bucket 3'")
                        .hasMessageContaining("rank 1 gave up: disk full"));
    }

    @Test
    void ranksAtDifferentExchangesAreBothNamed() {
        List<Throwable> thrown = Ranks.failures(group(2, PATIENT), collective -> {
            String what = collective.rank() == 0 ? "gradient" : "batch norm bn1 forward";
            collective.allReduce(what, new float[4], 0, 4);
        });
        assertThat(thrown)
                .allSatisfy(each -> assertReplica(each)
                        .hasMessageContaining("rank 0 is at")
                        .hasMessageContaining("rank 1 is at")
                        .hasMessageContaining("'gradient'")
                        .hasMessageContaining("'batch norm bn1 forward'"));
    }

    @Test
    void sumsOfDifferentLengthsAreRefused() {
        List<Throwable> thrown = Ranks.failures(
                group(2, PATIENT),
                collective -> collective.allReduce("gradient", new float[5], 0, 4 + collective.rank()));
        assertThat(thrown)
                .allSatisfy(each ->
                        assertReplica(each).hasMessageContaining("of 4 values").hasMessageContaining("of 5 values"));
    }

    @Test
    void theDeadlineNamesWhoIsMissingAndWhatFor() {
        List<Collective> group = group(4, SHORT);
        List<Throwable> thrown = Ranks.failures(
                List.of(group.get(0), group.get(2)),
                collective -> collective.allGather("batch norm bn1", new double[1]));
        assertThat(thrown)
                .allSatisfy(each -> assertReplica(each)
                        .hasMessageContaining("'batch norm bn1'")
                        .hasMessageContaining("ranks [1, 3] did not come within 0.2 s"));
        assertThatThrownBy(() -> group.get(1).barrier("too late"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("ranks [1, 3] did not come within 0.2 s");
    }

    @Test
    void anAbortWakesEveryoneAtOnceWithItsCause() {
        CountDownLatch started = new CountDownLatch(3);
        List<Throwable> thrown = Ranks.failures(group(3, PATIENT), collective -> {
            start(collective, started);
            if (collective.rank() == 1) {
                collective.abort(new IllegalStateException("disk full"));
            }
            collective.allReduce("gradient", new float[10_000], 0, 10_000);
        });
        assertThat(thrown)
                .allSatisfy(each -> assertReplica(each)
                        .hasMessageContaining("'gradient'")
                        .hasMessageContaining("rank 1 gave up: disk full"));
    }

    /** Returns when all ranks know that all have come: a barrier tells one rank sooner than another. */
    private static void start(Collective collective, CountDownLatch started) throws InterruptedException {
        collective.barrier("start");
        started.countDown();
        started.await();
    }

    @Test
    void aRankThatClosedIsNotWaitedFor() {
        CountDownLatch started = new CountDownLatch(3);
        List<Throwable> thrown = Ranks.failures(group(3, PATIENT), collective -> {
            start(collective, started);
            if (collective.rank() == 2) {
                collective.close();
                throw Failure.replica("closed");
            }
            collective.barrier("more");
        });
        assertThat(thrown.get(0)).hasMessageContaining("'more'").hasMessageContaining("rank 2 closed");
        assertThat(thrown.get(1)).hasMessageContaining("'more'").hasMessageContaining("rank 2 closed");
    }

    @Test
    void closingAfterTheLastExchangeDisturbsNobody() {
        for (int trial = 0; trial < 100; trial++) {
            Ranks.run(group(3, PATIENT), collective -> {
                try (collective) {
                    collective.allReduce("last", new float[9000], 0, 9000);
                }
                return null;
            });
        }
    }

    protected static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertReplica(
            Throwable each) {
        assertThat(each).isInstanceOf(Failure.class);
        assertThat(((Failure) each).kind()).isEqualTo(Failure.Kind.REPLICA);
        return assertThat(each);
    }
}
