package io.squadron.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.failure.Failure;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExitCodesTest {
    private static final String[] TRAIN = {"train", "--dataset", "d", "--run", "r"};

    @ParameterizedTest
    @EnumSource(Failure.Kind.class)
    void aFailureDeepInTheCausesGivesItsKindAndItsMessageAlone(Failure.Kind kind) {
        Jobs failing = throwing(new IllegalStateException(
                "Job aborted", new ExecutionException(Failure.of(kind, "Cannot do it: no (expected yes)"))));

        Terminal terminal = Terminal.run(failing, TRAIN);

        assertThat(terminal.exitCode()).as("exit code").isEqualTo(kind.exitCode());
        assertThat(terminal.err().strip()).as("message").isEqualTo("Cannot do it: no (expected yes)");
    }

    @Test
    void verboseAddsTheStackTrace() {
        Jobs failing = throwing(Failure.data("Cannot read it"));

        Terminal terminal = Terminal.run(failing, "train", "--dataset", "d", "--run", "r", "--verbose");

        assertThat(terminal.exitCode()).as("exit code").isEqualTo(3);
        assertThat(terminal.err()).as("message").startsWith("Cannot read it").contains("at io.squadron");
    }

    @Test
    void anythingElseIsABugWithItsStackTrace() {
        Terminal terminal = Terminal.run(throwing(new IllegalStateException("odd")), TRAIN);

        assertThat(terminal.exitCode()).as("exit code").isEqualTo(1);
        assertThat(terminal.err()).as("message").contains("This is a bug", "odd", "at io.squadron");
    }

    @Test
    void anErrorOfTheVirtualMachineIsABugUnlessMemoryRanOut() {
        Jobs broken = new RecordingJobs().doing(() -> {
            throw new StackOverflowError("deep");
        });
        Jobs full = new RecordingJobs().doing(() -> {
            throw new OutOfMemoryError("Physical memory usage is too high");
        });

        assertThat(Terminal.run(broken, TRAIN).exitCode()).as("stack overflow").isEqualTo(1);
        Terminal terminal = Terminal.run(full, TRAIN);
        assertThat(terminal.exitCode()).as("out of memory").isEqualTo(5);
        assertThat(terminal.err())
                .as("message")
                .contains("Physical memory usage is too high", "global-batch")
                .doesNotContain("at io.squadron");
    }

    @Test
    void aCircleOfCausesEnds() {
        Exception one = new Exception("one");
        Exception two = new Exception("two", one);
        one.initCause(two);

        assertThat(ExitCodes.of(one)).as("exit code").isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    train --dataset d                                       | run is not given
                    train --run r                                           | dataset is not given
                    train --dataset d --run r --set optimiser.learning-rate=-1 | squadron.optimiser.learning-rate = "-1" (expected above 0)
                    train --dataset d --run r --set training.replica=4      | the nearest is squadron.training.replicas
                    train --dataset d --run r --set training.replicas       | expected --set key=value
                    train --dataset d --run s3a://key:secret@bucket/r       | holds a password
                    train --dataset d --run r --config no-such-file.conf    | no-such-file.conf
                    train --datset d                                        | --dataset
                    trian                                                   | train
                    prepare --from in                                       | dataset is not given
                    evaluate --dataset d                                    | --run
                    evaluate --dataset d --run r --split dev                | --split dev: squadron.evaluation.split
                    inspect                                                 | URI
                    retrain --from in                                       | retrain.registry is not given
                    retrain --registry r                                    | prepare.source is not given
                    retrain --from in --registry r --id a/b                 | squadron.retrain.id
                    retrain --from in --registry r --set retrain.hold-out=train | squadron.retrain.hold-out
                    rollback --to x                                         | retrain.registry is not given
                    registry                                                | URI
                    synthesize --out o --images-per-class 0                 | at least 1 image
                    synthesize --domain sunny                               | --out
                    """)
    void whatCannotBeAskedForExitsWithTwoAndSaysWhy(String line, String expected) {
        RecordingJobs jobs = new RecordingJobs();

        Terminal terminal = Terminal.run(jobs, line.strip().split(" "));

        assertThat(terminal.exitCode()).as("exit code").isEqualTo(2);
        assertThat(terminal.err()).as("message").contains(expected).doesNotContain("at io.squadron");
        assertThat(jobs.requests()).as("jobs started").isEmpty();
    }

    @Test
    void noCommandAtAllIsUsage() {
        Terminal terminal = Terminal.run(new RecordingJobs());

        assertThat(terminal.exitCode()).as("exit code").isEqualTo(2);
        assertThat(terminal.err()).as("message").contains("A command is missing", "prepare");
    }

    private static Jobs throwing(RuntimeException thrown) {
        return new RecordingJobs().doing(() -> {
            throw thrown;
        });
    }
}
