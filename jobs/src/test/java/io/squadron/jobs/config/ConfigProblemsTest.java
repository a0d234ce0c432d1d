package io.squadron.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.squadron.failure.Failure;
import io.squadron.model.AuxiliaryHeads;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigProblemsTest {
    @TempDir
    Path directory;

    @Test
    void allProblemsAreReportedAtOnceWithFileAndLine() {
        Failure failure = catchThrowableOfType(
                Failure.class, () -> ConfigFiles.load(directory, """
                        squadron {
                          seed = many
                          optimizer { name = sgd }
                          optimiser {
                            name = adamm
                            learning-rate = -1
                          }
                          training.epochs = 2.5
                          input { size = 512 }
                          training.replica-timeout = 120
                          augment = yes
                          training = ${squadron.training} { learning-rate = 1 }
                        }
                        seed = 3
                        """, "training.replicas=0", "schedule.warmup=20ep"));

        String file = directory.resolve("train.conf").toString();
        assertThat(failure.kind()).as("kind").isEqualTo(Failure.Kind.USAGE);
        assertThat(failure.getMessage().lines().map(String::strip))
                .as("the whole message")
                .containsExactlyInAnyOrder(
                        "Cannot use this configuration: 11 problems.",
                        file + ":2: squadron.seed = \"many\" (expected a whole number)",
                        file + ":3: squadron.optimizer is no known key (the nearest is squadron.optimiser)",
                        file + ":5: squadron.optimiser.name = \"adamm\" (expected one of sgd, adam, adamw)",
                        file + ":6: squadron.optimiser.learning-rate = -1 (expected above 0)",
                        file + ":8: squadron.training.epochs = 2.5 (expected a whole number up to 2^31 - 1)",
                        file + ":9: squadron.input.size = 512 cannot go with squadron.input.resize = 256"
                                + " (expected resize to be at least size)",
                        file + ":10: squadron.training.replica-timeout = 120"
                                + " (expected a duration with its unit, such as 120 s or 5 m)",
                        file + ":11: squadron.augment = \"yes\" (expected a section in braces)",
                        file + ":12: squadron.training.learning-rate is no known key"
                                + " (the nearest is squadron.optimiser.learning-rate)",
                        file + ":14: seed is no known key (the nearest is squadron.seed)",
                        "--set training.replicas=0: squadron.training.replicas = \"0\" (expected at least 1)",
                        "Every key is explained in conf/reference.conf.");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    seed=1.5                          | expected a whole number
                    model.architecture=resnet19       | expected one of resnet18
                    model.stem=tiny                   | expected one of standard, small
                    model.auxiliary-heads=two         | expected one of none, published
                    model.freeze=layer1               | expected a list
                    model.freeze-depth=-1             | expected 0 to 5
                    model.freeze-depth=6              | expected 0 to 5
                    model.freeze=[layer9]             | no layer with parameters has that name
                    model.zero-init-last-norm=yes     | expected true or false
                    input.size=0                      | expected at least 1
                    augment.crop-scale-min=1.5        | expected above 0 and at most 1
                    augment.horizontal-flip=1.1       | expected 0 to 1
                    optimiser.learning-rate=0         | expected above 0
                    optimiser.learning-rate=NaN       | expected a finite number
                    optimiser.momentum=1              | expected at least 0 and below 1
                    optimiser.momentum=0              | expected momentum above 0 for Nesterov
                    schedule.warmup=3                 | expected a number and a unit: 3ep, 500st or 5%
                    schedule.warmup=11ep              | expected a warm-up no longer than the run
                    schedule.warmup=101%              | expected a warm-up no longer than the run
                    schedule.floor=1.5                | expected 0 to 1
                    schedule.restart-factor=0         | expected at least 1
                    training.global-batch=0           | expected at least 1
                    training.global-batch=1           | expected at least one sample of each batch for each replica
                    training.averaging-every=0        | expected at least 1
                    training.round=0ep                | expected a span above zero
                    training.epochs=99999999999       | expected a whole number up to
                    training.replica-timeout=0 s      | expected longer than nothing
                    checkpoint.keep=0                 | expected at least 1
                    evaluation.split=dev              | expected one of train, validation, test
                    prepare.validation-share=1        | expected at least 0 and below 1
                    prepare.shard-size=big            | expected a size such as 64 MiB
                    prepare.shard-size=1 B            | expected at least 1024
                    run=s3a://key:secret@bucket/run   | expected a URI without one
                    training.replica=3                | the nearest is squadron.training.replicas
                    training.epochs.more=3            | expected one value
                    """)
    void oneBadSettingIsOneProblemThatSaysWhatWasExpected(String setting, String expected) {
        Failure failure = catchThrowableOfType(Failure.class, () -> ConfigFiles.settings(setting));

        assertThat(failure)
                .as(setting)
                .hasMessageContaining("Cannot use this configuration: 1 problem.")
                .hasMessageContaining("--set " + setting + ": ")
                .hasMessageContaining(expected);
    }

    @Test
    void sharesThatLeaveNothingForTrainingCannotGoTogether() {
        Failure failure = catchThrowableOfType(
                Failure.class, () -> ConfigFiles.settings("prepare.validation-share=0.5", "prepare.test-share=0.5"));

        assertThat(failure).as("shares").hasMessageContaining("expected some images left for training");
    }

    @Test
    void whatAnArchitectureDoesNotHaveIsAProblem() {
        Failure stem = catchThrowableOfType(
                Failure.class, () -> ConfigFiles.settings("model.architecture=vgg11", "model.stem=small"));
        Failure blocks = catchThrowableOfType(
                Failure.class,
                () -> ConfigFiles.settings("model.architecture=alexnet", "model.zero-init-last-norm=true"));

        assertThat(stem).as("stem").hasMessageContaining("Cannot build vgg11 with the small-image stem");
        assertThat(blocks).as("blocks").hasMessageContaining("expected an architecture with residual blocks");
    }

    @Test
    void innerHeadsAreAChoiceOfEveryArchitecture() {
        JobConfig config = ConfigFiles.settings(
                "model.architecture=googlenet", "model.auxiliary-heads=published", "model.freeze=[conv1, aux1]");

        assertThat(config.model().auxiliaryHeads()).as("heads").isEqualTo(AuxiliaryHeads.PUBLISHED);
    }

    @Test
    void localAveragingWithExactBatchNormIsAllowed() {
        JobConfig config = ConfigFiles.settings("training.averaging-every=4", "training.batch-norm=exact");

        assertThat(config.training().averagingEvery()).as("averaging").isEqualTo(4);
    }

    @Test
    void aSettingWithoutValueIsRefused() {
        Failure failure = catchThrowableOfType(Failure.class, () -> ConfigSource.Setting.parse("seed"));

        assertThat(failure).as("setting").hasMessageContaining("expected --set key=value");
    }
}
