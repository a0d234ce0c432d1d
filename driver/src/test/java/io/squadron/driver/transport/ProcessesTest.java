package io.squadron.driver.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.collective.Collective;
import io.squadron.collective.InProcess;
import io.squadron.collective.Ranks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ranks in processes of their own, which end as processes do. */
@Timeout(value = 90, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProcessesTest {
    private static final int ENDLESS = 1_000_000;

    private final List<Rank> ranks = new ArrayList<>();
    private List<String> addresses = List.of();

    /** One process, and what it says. */
    private record Rank(Process process, BufferedReader said) {
        String next() throws IOException {
            String line = said.readLine();
            while (line != null
                    && !line.startsWith("SUM ")
                    && !line.startsWith("FAILED ")
                    && !line.startsWith("ADDR")) {
                line = said.readLine();
            }
            return line == null ? "ENDED" : line;
        }

        String failure() throws IOException {
            String line = next();
            while (line.startsWith("SUM ")) {
                line = next();
            }
            return line;
        }
    }

    private void start(int size, long deadlineMillis, int steps, String... settings) throws IOException {
        for (int rank = 0; rank < size; rank++) {
            List<String> words = new ArrayList<>(List.of(
                    Integer.toString(rank),
                    Integer.toString(size),
                    Long.toString(deadlineMillis),
                    Integer.toString(steps)));
            words.addAll(List.of(settings));
            Process process = Processes.java(RankProcess.class, words)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            ranks.add(new Rank(
                    process,
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))));
        }
        addresses = new ArrayList<>();
        for (Rank rank : ranks) {
            addresses.add(rank.next().substring("ADDRESS ".length()));
        }
        String all = addresses.stream().collect(Collectors.joining(" "));
        for (Rank rank : ranks) {
            new PrintStream(rank.process().getOutputStream(), true, StandardCharsets.UTF_8).println(all);
        }
    }

    @AfterEach
    void end() {
        ranks.forEach(rank -> rank.process().destroyForcibly());
    }

    @Test
    void threeProcessesHaveTheBitsOfOneJvm() throws Exception {
        start(3, 60_000, 3);
        List<Integer> expected = Ranks.run(InProcess.group(3, Duration.ofSeconds(60)), ProcessesTest::hashes)
                .get(0);
        for (Rank rank : ranks) {
            for (int hash : expected) {
                assertThat(rank.next()).as("what a process summed").isEqualTo("SUM " + hash);
            }
        }
        for (Rank rank : ranks) {
            assertThat(rank.process().waitFor()).as("exit code").isZero();
        }
    }

    private static List<Integer> hashes(Collective collective) {
        List<Integer> hashes = new ArrayList<>();
        for (int step = 0; step < 3; step++) {
            float[] values = RankProcess.vector(step, collective.rank());
            collective.allReduce("gradient", values, 0, values.length);
            hashes.add(Arrays.hashCode(values));
        }
        return hashes;
    }

    @Test
    void theOthersLearnAtOnceThatAProcessWasKilled() throws Exception {
        start(3, 600_000, ENDLESS);
        for (Rank rank : ranks) {
            assertThat(rank.next()).startsWith("SUM ");
        }
        ranks.get(2).process().destroyForcibly();
        for (Rank survivor : ranks.subList(0, 2)) {
            assertThat(survivor.failure())
                    .as("what a survivor says, long before its deadline")
                    .contains("rank 2 was lost")
                    .contains(addresses.get(2))
                    .contains("of step ");
        }
    }

    @Test
    void theDeadlineNamesAProcessThatWasStopped() throws Exception {
        start(3, 4000, ENDLESS);
        for (Rank rank : ranks) {
            assertThat(rank.next()).startsWith("SUM ");
        }
        signal("STOP", ranks.get(1));
        for (Rank waiting : List.of(ranks.get(0), ranks.get(2))) {
            assertThat(waiting.failure())
                    .as("what a rank says whose peer stopped")
                    .matches(".*rank 1 (did not come within|sent nothing for) 4\\.0 s.*|.*ranks \\[.*1.*] .*")
                    .contains(addresses.get(1))
                    .contains("of step ");
        }
    }

    private static void signal(String name, Rank rank) throws Exception {
        Process kill = new ProcessBuilder(
                        "kill", "-" + name, Long.toString(rank.process().pid()))
                .start();
        assertThat(kill.waitFor()).as("exit code of kill").isZero();
    }
}
