package io.squadron.jobs.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.image.Augmentation;
import io.squadron.jobs.config.JobConfig;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShowcaseTest {
    @Test
    void everyAugmentationIsShownOnce() {
        List<Class<?>> shown = Showcase.configurations().stream()
                .flatMap(each -> Transforms.steps(each.augment()).stream())
                .<Class<?>>map(step -> step.augmentation().getClass())
                .toList();
        assertThat(shown)
                .as("augmentations that a configuration can switch on")
                .containsExactlyInAnyOrderElementsOf(kinds(Augmentation.class).toList());
    }

    @Test
    void everyStepNamesAKeyThatIsExplained() {
        for (JobConfig each : Showcase.configurations()) {
            for (Transforms.Step step : Transforms.steps(each.augment())) {
                assertThat(JobConfig.explanation("augment." + step.key()))
                        .as("what is said of %s", step.setting())
                        .isNotBlank();
            }
        }
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(ShowcaseTest::kinds)
                : Stream.of(type);
    }
}
