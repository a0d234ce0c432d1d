package io.squadron.driver.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.collective.Collective;
import io.squadron.collective.Ranks;
import io.squadron.collective.Wire;
import io.squadron.failure.Failure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may join, and what a listener on the wire sees. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProtectionTest {
    private static final float TELLTALE = 1234.567f;
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Map<String, String> SASL = Map.of("spark.authenticate", "true");
    private static final Map<String, String> CRYPTO =
            Map.of("spark.authenticate", "true", "spark.network.crypto.enabled", "true");
    private static final Membership ZERO = new Membership("run", "round 0", 0, 2);
    private static final Membership ONE = new Membership("run", "round 0", 1, 2);

    private static TransportSettings with(Map<String, String> spark, String secret, Duration deadline) {
        Authentication authentication = new Authentication.Secret("application", Processes.secret(secret));
        return new TransportSettings("127.0.0.1", deadline, Wire.FLOAT32, spark, authentication);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ranksThatKnowTheSecretTalk(boolean encrypted) {
        List<Collective> group = Groups.connected(3, with(encrypted ? CRYPTO : SASL, "right", PATIENT));
        List<Float> sums = Ranks.run(group, collective -> {
            float[] values = new float[300_000];
            Arrays.fill(values, collective.rank());
            collective.allReduce("gradient", values, 0, values.length);
            return values[299_999];
        });
        assertThat(sums).containsOnly(3f);
        group.forEach(Collective::close);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoHasAnotherSecretOrNoneIsRefused(boolean encrypted) {
        Map<String, String> spark = encrypted ? CRYPTO : SASL;
        try (TransportListener zero = TransportListener.open(ZERO, with(spark, "right", SHORT))) {
            for (TransportSettings intruder : List.of(with(spark, "wrong", SHORT), Groups.plain(SHORT))) {
                TransportListener one = TransportListener.open(ONE, intruder);
                assertThatThrownBy(() -> one.connect(List.of(zero.address(), one.address())))
                        .as("what an intruder learns")
                        .isInstanceOf(Failure.class)
                        .hasMessageContaining("Cannot connect rank 1 to rank 0 at " + zero.address());
            }
            assertThatThrownBy(() -> zero.connect(List.of(zero.address(), zero.address())))
                    .as("what the rank learns that refused")
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("rank 1 did not come within 2.0 s");
        }
    }

    @Test
    void whoIsOfAnotherRunAttemptOrSizeIsRefusedWithTheReason() {
        assertRefused(new Membership("run", "round 0, attempt 1", 1, 2), "it is of attempt 'round 0, attempt 1'");
        assertRefused(new Membership("other", "round 0", 1, 2), "it is of run 'other' (expected 'run')");
        assertRefused(new Membership("run", "round 0", 1, 3), "it is rank 1 of 3");
    }

    private static void assertRefused(Membership stranger, String reason) {
        try (TransportListener zero = TransportListener.open(ZERO, Groups.plain(SHORT))) {
            TransportListener one = TransportListener.open(stranger, Groups.plain(SHORT));
            List<Address> addresses = java.util.stream.Stream.generate(zero::address)
                    .limit(stranger.size())
                    .toList();
            assertThatThrownBy(() -> one.connect(addresses))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("refused: ")
                    .hasMessageContaining(reason);
        }
    }

    @Test
    void theWireShowsATensorOnlyWhenNothingIsEncrypted() throws Exception {
        assertThat(capture(Groups.plain(PATIENT))).as("a plain wire").contains(pattern());
        assertThat(capture(with(CRYPTO, "right", PATIENT)))
                .as("an encrypted wire")
                .doesNotContain(pattern())
                .doesNotContain("gradient");
    }

    /** What passes between two ranks that sum a long and a short vector. */
    private static String capture(TransportSettings settings) throws Exception {
        try (Relay relay = new Relay();
                TransportListener zero = TransportListener.open(ZERO, settings);
                TransportListener one = TransportListener.open(ONE, settings)) {
            List<Address> addresses = List.of(relay.before(zero.address()), one.address());
            CompletableFuture<Collective> first = CompletableFuture.supplyAsync(() -> zero.connect(addresses));
            Collective second = one.connect(addresses);
            Ranks.run(List.of(first.join(), second), collective -> {
                float[] values = new float[100_000];
                Arrays.fill(values, TELLTALE);
                collective.allReduce("gradient", values, 0, values.length);
                collective.broadcast("weights", 0, new float[] {TELLTALE, TELLTALE}, 0, 2);
                return null;
            });
            return relay.heard();
        }
    }

    private static String pattern() {
        ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putFloat(TELLTALE).putFloat(TELLTALE);
        return new String(bytes.array(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void closingLeavesNoThreads() {
        List<Collective> group = Groups.connected(3, Groups.plain(PATIENT));
        assertThat(threads()).isPositive();
        group.forEach(Collective::close);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> threads() == 0);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("squadron."))
                .count();
    }
}
