package io.squadron.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.squadron.dataset.SampleSource;
import io.squadron.dataset.Split;
import io.squadron.engine.Images;
import io.squadron.evaluation.Tally;
import io.squadron.image.EvaluationTransform;
import io.squadron.image.Look;
import io.squadron.testing.MemorySamples;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExaminerTest {
    private static final int SIZE = 8;
    private static final int CLASSES = 5;

    private final SampleSource samples = new MemorySamples(4, 23, CLASSES, SIZE, 1).open();
    private final Examination all = new Examination(samples.index().positions(Split.VALIDATION), 6, 10, 4);

    /** A model that answers one thing to the first look at a batch, another to the second, and so on. */
    private static float[] answer(Images images, double... logits) {
        float[] all = new float[images.count() * CLASSES];
        for (int i = 0; i < all.length; i++) {
            all[i] = (float) logits[i % CLASSES];
        }
        return all;
    }

    private Tally tally(Look.Choice choice, double[]... answers) {
        AtomicInteger calls = new AtomicInteger();
        return new Examiner(samples, Look.of(new EvaluationTransform(SIZE, SIZE), choice), 2)
                .tally(all, images -> answer(images, answers[calls.getAndIncrement() % answers.length]));
    }

    @Test
    void probabilitiesOfAllLooksAreAveraged() {
        double[] first = {Math.log(0.7), Math.log(0.1), Math.log(0.1), Math.log(0.05), Math.log(0.05)};
        double[] second = {5 + Math.log(0.1), 5 + Math.log(0.5), 5 + Math.log(0.2), 5 + Math.log(0.1), 5 + Math.log(0.1)
        };
        double[] mean = {Math.log(0.4), Math.log(0.3), Math.log(0.15), Math.log(0.075), Math.log(0.075)};
        Tally both = tally(Look.Choice.FLIP, first, second);
        Tally expected = tally(Look.Choice.ONE, mean);
        assertThat(both.samples()).as("samples").isEqualTo(23);
        assertThat(both.lossSum()).as("loss").isCloseTo(expected.lossSum(), within(1e-5));
        assertThat(both.correct()).as("correct").isEqualTo(expected.correct());
    }

    @Test
    void aLookThatIsSureOfTheWrongClassLeavesALossThatIsANumber() {
        double[] sure = {200, 0, 0, 0, 0};
        Tally tally = tally(Look.Choice.FLIP, sure, sure);
        assertThat(tally.lossSum()).as("loss").isFinite().isGreaterThan(100);
    }
}
