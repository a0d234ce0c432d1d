package io.squadron.jobs.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.driver.checkpoint.Checkpoint;
import io.squadron.engine.Normalisation;
import io.squadron.exchange.ModelFacts;
import io.squadron.failure.Failure;
import io.squadron.image.Interpolation;
import io.squadron.jobs.config.ConfigSource;
import io.squadron.jobs.config.JobConfig;
import io.squadron.model.AuxiliaryHeads;
import io.squadron.model.Head;
import io.squadron.model.ModelOptions;
import io.squadron.model.Variation;
import io.squadron.replica.SavedState;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResumeCheckTest {
    private static final String PRINT = "fingerprint";

    private static JobConfig config(String... settings) {
        return JobConfig.load(Stream.of(settings)
                .<ConfigSource>map(ConfigSource.Setting::parse)
                .toList());
    }

    private static Checkpoint checkpoint(String configuration) {
        ModelFacts model = new ModelFacts(
                "resnet18",
                ModelOptions.Stem.STANDARD,
                AuxiliaryHeads.NONE,
                Head.linear(),
                Variation.none(),
                List.of("a", "b"),
                256,
                224,
                Interpolation.BILINEAR,
                new Normalisation(List.of(0f, 0f, 0f), List.of(1f, 1f, 1f)));
        return new Checkpoint(
                new SavedState("run/checkpoints/step-4", 4, 4, List.of()),
                List.of("weights"),
                new Checkpoint.Place(1, 1, 0, 1),
                model,
                List.of(),
                configuration,
                PRINT,
                Map.of(),
                Map.of());
    }

    @Test
    void whatNumbersDependOnMayNotChangeAndTheRestMay() {
        Checkpoint saved = checkpoint(config("squadron.seed=3").resolved());
        assertThatCode(() ->
                        ResumeCheck.require(saved, config("squadron.seed=3", "squadron.training.replicas=7"), PRINT))
                .doesNotThrowAnyException();
        assertThatThrownBy(() ->
                        ResumeCheck.require(saved, config("squadron.seed=3", "squadron.model.dropout=0.5"), PRINT))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("squadron.model.dropout was published, is 0.5");
        assertThatThrownBy(() -> ResumeCheck.require(saved, config("squadron.seed=3"), "other"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("its fingerprint is other (expected fingerprint)");
    }

    /** The configuration of a checkpoint that was written before there was such a key. */
    @Test
    void aYoungerKeyHasItsDefaultForWhatWasBeforeIt() {
        String older = config().resolved()
                .lines()
                .filter(line -> !line.contains("\"dropout\""))
                .collect(Collectors.joining("\n"));
        assertThat(older).as("configuration").doesNotContain("\"dropout\"");
        assertThatCode(() -> ResumeCheck.require(checkpoint(older), config(), PRINT))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> ResumeCheck.require(checkpoint(older), config("squadron.model.dropout=0.1"), PRINT))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("squadron.model.dropout was published, is 0.1");
    }
}
