package io.squadron.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.driver.schedule.Span;
import io.squadron.failure.Failure;
import io.squadron.model.Initialisation;
import io.squadron.model.ModelOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobConfigTest {
    @TempDir
    Path directory;

    @Test
    void everyTypeIsReadFromAFile() {
        JobConfig config = ConfigFiles.load(directory, """
                squadron {
                  dataset = "hdfs://name:8020/data"
                  seed = 9876543210
                  model { stem = small, initialisation = xavier-uniform, freeze = [layer1, "layer2.0"] }
                  optimiser.learning-rate = 5e-2
                  schedule.warmup = "2.5ep"
                  training { replica-timeout = 3 m, batch-norm = averaged, average-momentum = false }
                  prepare.shard-size = 1.5 KiB
                }
                """);

        assertThat(config.dataset()).as("dataset").isEqualTo("hdfs://name:8020/data");
        assertThat(config.seed()).as("seed").isEqualTo(9876543210L);
        assertThat(config.model().stem()).as("stem").isEqualTo(ModelOptions.Stem.SMALL);
        assertThat(config.model().initialisation()).as("initialisation").isEqualTo(Initialisation.XAVIER_UNIFORM);
        assertThat(config.model().freeze()).as("freeze").containsExactly("layer1", "layer2.0");
        assertThat(config.optimiser().learningRate()).as("learning rate").isEqualTo(0.05);
        assertThat(config.schedule().warmup()).as("warmup").isEqualTo(Span.epochs(2.5));
        assertThat(config.training().replicaTimeout()).as("timeout").isEqualTo(Duration.ofMinutes(3));
        assertThat(config.training().batchNorm()).as("batch norm").isEqualTo(TrainingConfig.BatchNorm.AVERAGED);
        assertThat(config.training().averageMomentum()).as("average momentum").isFalse();
        assertThat(config.prepare().shardSize()).as("shard size").isEqualTo(new Bytes(1536));
    }

    @Test
    void laterSourcesStandOverEarlierOnes() {
        ConfigSource first = ConfigFiles.file(directory, "a.conf", "squadron { seed = 2, training.epochs = 5 }");
        ConfigSource second = ConfigFiles.file(directory, "b.conf", "squadron { seed = 3 }");
        JobConfig config =
                JobConfig.load(List.of(first, second, ConfigSource.Setting.parse("squadron.training.replicas=4")));

        assertThat(config.seed()).as("second file over first").isEqualTo(3);
        assertThat(config.training().epochs())
                .as("first file over reference.conf")
                .isEqualTo(5);
        assertThat(config.training().replicas()).as("--set over files").isEqualTo(4);
    }

    @Test
    void settingsNeedNoQuotes() {
        JobConfig config = ConfigFiles.settings(
                "dataset=s3a://bucket/a = b", "model.freeze=[layer1, layer2]", "training.replica-timeout=5 s");

        assertThat(config.dataset()).as("dataset").isEqualTo("s3a://bucket/a = b");
        assertThat(config.model().freeze()).as("freeze").containsExactly("layer1", "layer2");
        assertThat(config.training().replicaTimeout()).as("timeout").isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void resolvedTextLoadsBackToAnEqualConfiguration() {
        JobConfig config = ConfigFiles.settings(
                "dataset=hdfs://name/quote\"d \\ path",
                "model.freeze=[layer1]",
                "schedule.warmup=2.5%",
                "optimiser.epsilon=1e-12",
                "training.replica-timeout=1500 ms",
                "prepare.shard-size=1000001 B");

        JobConfig back = JobConfig.load(List.of(new ConfigSource.Text("run's configuration", config.resolved())));

        assertThat(back).as("configuration read back").isEqualTo(config);
        assertThat(back.resolved()).as("its text").isEqualTo(config.resolved());
    }

    @Test
    void theRecipesOfTheHouseLoad() throws Exception {
        try (var recipes = Files.list(Path.of("../conf"))) {
            List<Path> found = recipes.filter(path -> path.toString().endsWith(".conf"))
                    .sorted()
                    .toList();
            assertThat(found).as("recipes").isNotEmpty();
            assertThat(found)
                    .as("recipes")
                    .allSatisfy(path -> assertThat(JobConfig.load(List.of(new ConfigSource.File(path)))
                                    .seed())
                            .isEqualTo(1));
        }
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> JobConfig.load(List.of(new ConfigSource.File(Path.of("nowhere.conf")))))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("Cannot read configuration nowhere.conf");
    }

    @Test
    void brokenSyntaxIsNamedWithItsLine() {
        assertThatThrownBy(() -> ConfigFiles.load(directory, "squadron {\n  seed = [1,\n}\n"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("train.conf: 3");
    }

    @Test
    void aMissingSubstitutionIsNamed() {
        assertThatThrownBy(() -> ConfigFiles.load(directory, "squadron.run = ${NO_SUCH_VARIABLE_ANYWHERE}"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("NO_SUCH_VARIABLE_ANYWHERE");
    }
}
