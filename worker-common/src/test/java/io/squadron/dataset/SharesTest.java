package io.squadron.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharesTest {
    private static final int[] SAMPLES = {1, 2, 7, 97, 1009};
    private static final int[] GLOBAL_BATCHES = {1, 3, 16, 31, 2000};

    @Test
    void everyEpochSeesEachSampleExactlyOnceAtOneToFiveReplicas() {
        for (int samples : SAMPLES) {
            for (int globalBatch : GLOBAL_BATCHES) {
                List<Integer> alone = sequence(samples, globalBatch, 1);
                assertThat(alone)
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(0, samples).boxed().toList());
                for (int replicas = 2; replicas <= 5; replicas++) {
                    assertThat(sequence(samples, globalBatch, replicas))
                            .as("%d samples, batch %d, %d replicas", samples, globalBatch, replicas)
                            .isEqualTo(alone);
                }
            }
        }
    }

    /** What all ranks take, joined in rank order, step by step. */
    private static List<Integer> sequence(int samples, int globalBatch, int replicas) {
        SampleOrder order = SampleOrder.of(11, 4, samples);
        List<Integer> taken = new ArrayList<>();
        for (int step = 0; step * globalBatch < samples; step++) {
            Share whole = Shares.ofStep(step, globalBatch, samples);
            for (int rank = 0; rank < replicas; rank++) {
                for (int sample : order.of(Shares.ofRank(whole, rank, replicas))) {
                    taken.add(sample);
                }
            }
        }
        return taken;
    }

    @Test
    void sharesAreContiguousAndDifferByAtMostOne() {
        for (int length = 0; length < 40; length++) {
            Share whole = new Share(1000, 1000 + length);
            for (int replicas = 1; replicas <= 7; replicas++) {
                long next = 1000;
                for (int rank = 0; rank < replicas; rank++) {
                    Share share = Shares.ofRank(whole, rank, replicas);
                    assertThat(share.first()).isEqualTo(next);
                    assertThat(share.size()).isBetween(length / replicas, (length + replicas - 1) / replicas);
                    next = share.end();
                }
                assertThat(next).isEqualTo(whole.end());
            }
        }
    }

    @Test
    void theLastStepIsShortAndStepsAfterItAreEmpty() {
        assertThat(Shares.ofStep(2, 10, 25)).isEqualTo(new Share(20, 25));
        assertThat(Shares.ofStep(3, 10, 25).size()).isZero();
        assertThat(Shares.ofRank(new Share(0, 1), 0, 3).size()).isZero();
    }
}
