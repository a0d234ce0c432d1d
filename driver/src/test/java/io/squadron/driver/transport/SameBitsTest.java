package io.squadron.driver.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.collective.Collective;
import io.squadron.collective.InProcess;
import io.squadron.collective.Pending;
import io.squadron.collective.Ranks;
import io.squadron.collective.Wire;
import io.squadron.random.RandomStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The collective of one JVM is the oracle: over the network the bits are the same. */
class SameBitsTest {
    private static final Duration PATIENT = Duration.ofSeconds(60);
    private static final int PIECE = Pieces.VALUES;
    private static final int[] LENGTHS = {
        0, 1, 7, 8191, 8192, 8193, 2 * PIECE - 1, 2 * PIECE, 2 * PIECE + 1, 3 * PIECE + 16, 4 * PIECE + 17, 3_000_000
    };

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void sumsHaveTheBitsOfTheCollectiveInOneJvm(int size) {
        List<Collective> network = Groups.connected(size, Groups.plain(PATIENT));
        assertThat(Ranks.run(network, SameBitsTest::sums))
                .as("hashes by rank of sums over the network")
                .isEqualTo(Ranks.run(InProcess.group(size, PATIENT), SameBitsTest::sums));
        network.forEach(Collective::close);
    }

    private static List<Long> sums(Collective collective) {
        List<Long> hashes = new ArrayList<>();
        for (int length : LENGTHS) {
            float[] values = values(length + 3, collective.rank());
            collective.allReduce("vector of " + length, values, 2, length);
            hashes.add(hash(values));
        }
        return hashes;
    }

    @Test
    void bucketsHaveThoseBitsWhileSmallExchangesPassThem() {
        List<Collective> network = Groups.connected(3, Groups.plain(PATIENT));
        List<Collective> oracle = InProcess.group(3, PATIENT);
        assertThat(Ranks.run(network, SameBitsTest::buckets))
                .as("hashes by rank of buckets over the network")
                .isEqualTo(Ranks.run(oracle, SameBitsTest::buckets));
        oracle.forEach(Collective::close);
        network.forEach(Collective::close);
    }

    private static long buckets(Collective collective) {
        float[] values = values(2_000_000, collective.rank());
        List<Pending> sums = new ArrayList<>();
        for (int offset = 0; offset < values.length; offset += 250_000) {
            sums.add(collective.allReduceAsync("bucket at " + offset, values, offset, 250_000));
            collective.allGather("norm", new double[] {offset});
        }
        sums.forEach(Pending::await);
        return hash(values);
    }

    @Test
    void broadcastsOfManyPiecesArrive() {
        List<Collective> network = Groups.connected(3, Groups.plain(PATIENT));
        List<Long> hashes = Ranks.run(network, collective -> {
            float[] values = values(20 * PIECE + 5, collective.rank());
            collective.broadcast("weights", 1, values, 0, values.length);
            return hash(values);
        });
        assertThat(hashes).containsOnly(hash(values(20 * PIECE + 5, 1)));
        network.forEach(Collective::close);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 500_001})
    void inBfloat16AllRanksHaveTheRoundedSumOfTheRoundedValues(int length) {
        TransportSettings settings =
                new TransportSettings("127.0.0.1", PATIENT, Wire.BFLOAT16, Map.of(), new Authentication.None());
        List<Collective> network = Groups.connected(3, settings);
        float[] expected = values(length, 0);
        Wire.BFLOAT16.round(expected, 0, length);
        for (int rank = 1; rank < 3; rank++) {
            float[] other = values(length, rank);
            Wire.BFLOAT16.round(other, 0, length);
            for (int i = 0; i < length; i++) {
                expected[i] += other[i];
            }
        }
        Wire.BFLOAT16.round(expected, 0, length);
        List<Long> hashes = Ranks.run(network, collective -> {
            float[] values = values(length, collective.rank());
            collective.allReduce("gradient", values, 0, length);
            return hash(values);
        });
        assertThat(hashes).as("hashes by rank").containsOnly(hash(expected));
        network.forEach(Collective::close);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void eachSumTravelsByItsOwnWireWithTheBitsOfOneJvm(int size) {
        List<Collective> network = Groups.connected(size, Groups.plain(PATIENT));
        List<Collective> oracle = InProcess.group(size, PATIENT);
        assertThat(Ranks.run(network, SameBitsTest::mixed))
                .as("hashes by rank of sums in bfloat16 and in float32 over the network")
                .isEqualTo(Ranks.run(oracle, SameBitsTest::mixed));
        oracle.forEach(Collective::close);
        network.forEach(Collective::close);
    }

    private static List<Long> mixed(Collective collective) {
        List<Long> hashes = new ArrayList<>();
        for (int length : new int[] {5, 8192, 300_001}) {
            float[] values = values(3 * length, collective.rank());
            Pending rounded = collective.allReduceAsync("gradient", Wire.BFLOAT16, values, 0, length);
            Pending whole = collective.allReduceAsync("other", Wire.FLOAT32, values, length, length);
            collective.allReduce("parameters", values, 2 * length, length);
            rounded.await();
            whole.await();
            hashes.add(hash(values));
        }
        return hashes;
    }

    /** Values of very different size, so that another order of adding would give other bits. */
    static float[] values(int length, int rank) {
        RandomStream random = RandomStream.of(7, "values", rank);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (random.between(-1, 1) * (1 << random.nextInt(24)));
        }
        return values;
    }

    static long hash(float[] values) {
        return Arrays.hashCode(values);
    }
}
