package io.squadron.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestKeyTest {
    @Test
    void distanceCountsInsertionsDeletionsAndSubstitutions() {
        assertThat(NearestKey.distance("kitten", "sitting"))
                .as("kitten, sitting")
                .isEqualTo(3);
        assertThat(NearestKey.distance("", "abc")).as("nothing, abc").isEqualTo(3);
        assertThat(NearestKey.distance("abc", "abc")).as("abc, abc").isZero();
    }

    @Test
    void theRightKeyInTheWrongSectionIsNearerThanAnyOther() {
        assertThat(NearestKey.of("a.training.momentum", List.of("a.optimiser.momentum", "a.training.moment")))
                .as("nearest")
                .isEqualTo("a.optimiser.momentum");
    }

    @Test
    void otherwiseTheFewestEditsDecide() {
        assertThat(NearestKey.of("a.epoch", List.of("a.epochs", "a.seed", "a.run")))
                .as("nearest")
                .isEqualTo("a.epochs");
    }
}
