package io.squadron.driver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final List<String> CLASSES = List.of("cat", "dog", "emu");
    private static final Set<String> OLD = Set.of("cat", "dog");

    /** 100 cats, 100 dogs, 50 emus. */
    private static final int[] LABELS =
            IntStream.range(0, 250).map(i -> i / 100).toArray();

    @Test
    void equalModelsAreWithinAMarginThatTheSamplesAllow() {
        Comparison same = compare(champion(), challenger(), new Limits(0.01, 0));
        assertThat(same.objections()).as("objections").isEmpty();
        assertThat(same.samples()).as("samples that both can answer").isEqualTo(200);
        assertThat(same.champion()).as("champion").isCloseTo(0.9, within(1e-15));
        assertThat(same.low()).as("low").isCloseTo(-same.high(), within(1e-15)).isNegative();
    }

    @Test
    void equalModelsAreNoProofOfABetterOne() {
        assertThat(compare(champion(), challenger(), new Limits(0, 1)).objections())
                .as("objections")
                .singleElement()
                .asString()
                .contains("+0.0000", "retrain.margin");
    }

    @Test
    void newClassesAreCountedButNotJudged() {
        BitSet right = champion();
        right.set(200, 230);
        Comparison comparison = compare(champion(), right, new Limits(0.01, 0));
        assertThat(comparison.gained()).as("gained").isZero();
        assertThat(comparison.classes().get(2)).as("emus").isEqualTo(new Comparison.OfClass("emu", 50, -1, 30));
    }

    @Test
    void aClassThatFallsIsAnObjectionHoweverGoodTheRest() {
        BitSet right = challenger();
        right.set(0, 100);
        right.clear(100, 121);
        Comparison comparison = compare(champion(), right, new Limits(1, 0.1));
        assertThat(comparison.objections())
                .as("objections")
                .singleElement()
                .asString()
                .contains("'dog' falls from 90 to 79 of 100", "retrain.class-fall");
        assertThat(compare(champion(), right, new Limits(1, 0.11)).objections())
                .as("objections at the very limit")
                .isEmpty();
    }

    @Test
    void withoutAChampionNothingSpeaksAgainstTheChallenger() {
        Comparison alone = Comparison.alone(CLASSES, LABELS, new Answers(Set.copyOf(CLASSES), champion()));
        assertThat(alone.objections()).as("objections").isEmpty();
        assertThat(alone.samples()).as("samples").isEqualTo(250);
        assertThat(alone.champion()).as("champion").isNaN();
    }

    private static Comparison compare(BitSet champion, BitSet challenger, Limits limits) {
        return Comparison.of(
                CLASSES, LABELS, new Answers(OLD, champion), new Answers(Set.copyOf(CLASSES), challenger), limits);
    }

    /** 90 of 100 cats and 90 of 100 dogs. */
    private static BitSet champion() {
        BitSet right = new BitSet();
        right.set(0, 90);
        right.set(110, 200);
        return right;
    }

    private static BitSet challenger() {
        return champion();
    }
}
