package io.squadron.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.dataset.Split;
import io.squadron.diagnosis.Ablation;
import io.squadron.exchange.onnx.OnnxModel;
import io.squadron.jobs.compose.Exporting;
import io.squadron.jobs.config.ConfigSource;
import io.squadron.jobs.config.JobConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private final RecordingJobs jobs = new RecordingJobs();

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "prepare",
                "train",
                "evaluate",
                "diagnose",
                "predict",
                "retrain",
                "rollback",
                "registry",
                "export",
                "import",
                "inspect",
                "runs",
                "stop",
                "doctor",
                "preview",
                "synthesize"
            })
    void helpOfEveryCommandContainsAnExampleThatParses(String command) {
        Terminal help = Terminal.run(jobs, command, "--help");

        assertThat(help.exitCode()).as("exit code").isZero();
        List<String> examples = help.out()
                .lines()
                .dropWhile(line -> !line.equals("Examples:"))
                .skip(1)
                .map(String::strip)
                .toList();
        assertThat(examples)
                .as("examples")
                .isNotEmpty()
                .allSatisfy(example -> assertThat(example).startsWith("squadron " + command));
        for (String example : examples) {
            String[] arguments = example.substring("squadron ".length()).split(" ");
            assertThat(Main.commandLine(jobs).parseArgs(arguments).errors())
                    .as(example)
                    .isEmpty();
        }
    }

    @Test
    void generalHelpDocumentsCommandsAndExitCodes() {
        Terminal help = Terminal.run(jobs, "--help");

        assertThat(help.out().replaceAll(" +", " "))
                .as("help")
                .contains(
                        "prepare",
                        "train",
                        "evaluate",
                        "diagnose",
                        "predict",
                        "export",
                        "import",
                        "inspect",
                        "runs",
                        "stop",
                        "doctor",
                        "preview",
                        "synthesize")
                .contains("0 done", "1 a bug", "2 usage", "3 data", "4 state", "5 resources")
                .contains("6 replica", "7 numeric", "10 retrain", "11 retrain", "12 retrain");
    }

    @Test
    void versionIsTheOneOfTheBuild() {
        Terminal version = Terminal.run(jobs, "--version");

        assertThat(version.out().strip()).as("version").matches("squadron \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }

    @Test
    void optionsAreShortForKeysAndSetWins() throws Exception {
        Path file = Files.writeString(
                directory.resolve("my.conf"), "squadron { dataset = fromfile, run = fromfile, training.epochs = 3 }");
        Terminal terminal = Terminal.run(
                jobs,
                "train",
                "--config",
                file.toString(),
                "--dataset",
                "hdfs:///data",
                "--set",
                "training.epochs=4",
                "--set",
                "seed=9");

        assertThat(terminal.err()).as("errors").isEmpty();
        Jobs.Train train = jobs.only(Jobs.Train.class);
        assertThat(train.config().dataset()).as("dataset").isEqualTo("hdfs:///data");
        assertThat(train.config().run()).as("run").isEqualTo("fromfile");
        assertThat(train.config().training().epochs()).as("epochs").isEqualTo(4);
        assertThat(train.config().seed()).as("seed").isEqualTo(9);
        assertThat(train.extent()).as("extent").isEqualTo(Jobs.Train.Extent.WHOLE_RUN);
    }

    @Test
    void dryRunAsksForThePlanAlone() {
        Terminal.run(jobs, "train", "--dataset", "d", "--run", "r", "--dry-run");

        Jobs.Train train = jobs.only(Jobs.Train.class);
        assertThat(train.extent()).as("extent").isEqualTo(Jobs.Train.Extent.PLAN_ONLY);
    }

    @Test
    void resumingNeedsTheRunAlone() {
        Terminal.run(jobs, "train", "--run", "r", "--resume", "--set", "training.replicas=4");

        Jobs.Resume resume = jobs.only(Jobs.Resume.class);
        assertThat(resume.run()).as("run").isEqualTo("r");
        assertThat(resume.extent()).as("extent").isEqualTo(Jobs.Train.Extent.WHOLE_RUN);
        assertThat(resume.sources())
                .as("what is laid over the run's own configuration")
                .contains(ConfigSource.Setting.parse("training.replicas=4"));
    }

    @Test
    void evaluateOfARunPlacesItsReportInTheRun() {
        Terminal.run(jobs, "evaluate", "--run", "file:r/", "--dataset", "d", "--split", "test");

        Jobs.Evaluate evaluate = jobs.only(Jobs.Evaluate.class);
        assertThat(evaluate.model()).as("model").isEqualTo(new Jobs.Evaluate.Model.OfRun("file:r/"));
        assertThat(evaluate.config().evaluation().split()).as("split").isEqualTo(Split.TEST);
        assertThat(evaluate.config().run()).as("run").isEqualTo("file:r/");
        assertThat(evaluate.out()).as("report").isEqualTo("file:r/evaluation/test");
    }

    @Test
    void whatWasTypedCanBeLaidOverTheConfigurationOfTheRun() {
        Terminal.run(jobs, "evaluate", "--run", "r", "--dataset", "d", "--set", "evaluation.batch=5");

        List<ConfigSource> all = new ArrayList<>();
        all.add(new ConfigSource.Text("stored", "squadron { model.architecture = resnet50, evaluation.batch = 7 }"));
        all.addAll(jobs.only(Jobs.Evaluate.class).sources());
        JobConfig config = JobConfig.load(all);
        assertThat(config.model().architecture()).as("from the run").isEqualTo("resnet50");
        assertThat(config.evaluation().batch()).as("typed").isEqualTo(5);
    }

    @Test
    void diagnoseNamesWhatIsLookedIntoAndPlacesItsPageInTheRun() {
        Terminal.run(jobs, "diagnose", "--run", "r/", "--against", "new", "--without", "norms,skips");
        Jobs.Diagnose diagnose = jobs.only(Jobs.Diagnose.class);
        assertThat(diagnose.model()).as("model").isEqualTo(new Jobs.Evaluate.Model.OfRun("r/"));
        assertThat(diagnose.against()).as("new images").hasValue("new");
        assertThat(diagnose.without()).as("left out").containsExactlyInAnyOrder(Ablation.Ingredient.values());
        assertThat(diagnose.images()).as("images").isEqualTo(128);
        assertThat(diagnose.out()).as("page").isEqualTo("r/diagnosis.html");
    }

    @Test
    void evaluateOfAModelNeedsAPlaceForItsReport() {
        Terminal without = Terminal.run(jobs, "evaluate", "--model", "m", "--dataset", "d");
        assertThat(without.exitCode()).as("exit code").isEqualTo(2);
        assertThat(without.err()).as("message").contains("expected --out URI");

        Terminal.run(jobs, "evaluate", "--model", "m", "--dataset", "d", "--out", "o");
        assertThat(jobs.only(Jobs.Evaluate.class).model()).as("model").isEqualTo(new Jobs.Evaluate.Model.At("m"));
    }

    @Test
    void prepareInspectAndSynthesizeArriveWhole() {
        Terminal.run(jobs, "prepare", "--from", "in", "--out", "out");
        Terminal.run(jobs, "inspect", "file:x");
        Terminal.run(jobs, "synthesize", "--out", "o", "--domain", "sunny", "--images-per-class", "5", "--seed", "3");

        assertThat(jobs.requests()).as("requests").hasSize(3);
        Jobs.Prepare prepare = (Jobs.Prepare) jobs.requests().get(0);
        assertThat(prepare.config().prepare().source()).as("source").isEqualTo("in");
        assertThat(prepare.config().dataset()).as("dataset").isEqualTo("out");
        assertThat(((Jobs.Inspect) jobs.requests().get(1)).uri()).as("uri").isEqualTo("file:x");
        Jobs.Synthesize synthesize = (Jobs.Synthesize) jobs.requests().get(2);
        assertThat(synthesize.imagesPerClass()).as("images per class").isEqualTo(5);
        assertThat(synthesize.config().seed()).as("seed").isEqualTo(3);
        assertThat(synthesize.out()).as("out").isEqualTo("o");
    }

    @Test
    void exportArrivesWhole() {
        Terminal.run(jobs, "export", "--model", "m", "--format", "onnx", "--with-preprocessing", "--out", "o");

        Exporting.Request export = jobs.only(Exporting.Request.class);
        assertThat(export)
                .as("request")
                .isEqualTo(new Exporting.Request(
                        "m",
                        Exporting.Format.ONNX,
                        "o",
                        Set.of(OnnxModel.Extra.PREPROCESSING),
                        Exporting.Taken.REFUSE));
    }

    @Test
    void questionsAboutRunsArriveWhole() {
        Terminal.run(jobs, "runs", "list", "hdfs:///runs");
        Terminal.run(jobs, "runs", "show", "r");
        Terminal.run(jobs, "runs", "compare", "a", "b", "c", "--out", "o.html");
        Terminal.run(jobs, "runs", "export", "r", "--format", "csv", "--out", "o.csv");
        Terminal.run(jobs, "stop", "r");

        assertThat(jobs.requests())
                .as("requests")
                .containsExactly(
                        new Jobs.Runs.Listing("hdfs:///runs"),
                        new Jobs.Runs.Showing("r"),
                        new Jobs.Runs.Comparing(List.of("a", "b", "c"), Optional.of("o.html")),
                        new Jobs.Runs.Exporting("r", Jobs.Runs.Format.CSV, "o.csv"),
                        new Jobs.Runs.Stopping("r"));
        assertThat(Terminal.run(jobs, "runs").exitCode()).as("runs alone").isEqualTo(2);
        assertThat(Terminal.run(jobs, "runs", "compare", "a").exitCode())
                .as("one run")
                .isEqualTo(2);
        assertThat(Terminal.run(jobs, "stop").exitCode()).as("no run").isEqualTo(2);
    }

    @Test
    void previewArrivesWhole() {
        Terminal.run(jobs, "preview", "--from", "in", "--images", "9", "--all", "--set", "augment.zoom=0.5");

        Jobs.Preview preview = jobs.only(Jobs.Preview.class);
        assertThat(preview.from()).as("from").isEqualTo("in");
        assertThat(preview.out()).as("out").isEqualTo("preview.html");
        assertThat(preview.images()).as("images").isEqualTo(9);
        assertThat(preview.shown()).as("shown").isEqualTo(Jobs.Preview.Shown.ALL);
        assertThat(preview.config().augment().zoom()).as("zoom").isEqualTo(0.5);
    }
}
