package io.squadron.jobs.bench.sync;

import io.squadron.driver.report.HistoryReader;
import io.squadron.driver.report.RunHistory;
import io.squadron.driver.training.TrainingEvent.RoundEnded;
import io.squadron.failure.Failure;
import io.squadron.jobs.bench.sync.SyncAnswer.Round;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs one arm as a user would, {@code squadron train} in a process of its own, and reads its history. */
final class ArmRun {
    private static final int LAST_WORDS = 3000;

    private final SyncQuestion question;
    private final Path home;
    private final Path work;

    /** @param work a folder that holds the dataset, and gets the runs */
    ArmRun(SyncQuestion question, Path home, Path work) {
        this.question = question;
        this.home = home;
        this.work = work;
    }

    /** The rounds that count. */
    List<Round> run(Arm arm, String name) throws IOException {
        Path run = work.resolve(name);
        List<String> settings = settings(arm, run);
        squadron(List.of("--spark", arm.spark(), "train"), settings, work.resolve(name + ".log"));
        RunHistory history = HistoryReader.read(Files.readString(run.resolve("history.jsonl")));
        List<RoundEnded> rounds = history.rounds();
        return rounds.subList(1, rounds.size() - 1).stream().map(Round::of).toList();
    }

    private List<String> settings(Arm arm, Path run) {
        Map<String, Object> keys = Map.ofEntries(
                Map.entry("dataset", work.resolve("dataset").toUri()),
                Map.entry("run", run.toUri()),
                Map.entry("model.architecture", question.architecture()),
                Map.entry("input.size", question.size()),
                Map.entry("input.resize", question.size()),
                Map.entry("augment.crop", "none"),
                Map.entry("training.precision", question.precision()),
                Map.entry("training.replicas", arm.executors()),
                Map.entry("training.threads", arm.cores()),
                Map.entry("training.batch-norm", arm.batchNorm()),
                Map.entry("training.global-batch", question.batch()),
                Map.entry("training.epochs", question.epochs()),
                Map.entry("training.round", question.steps() + "st"),
                Map.entry("training.evaluate-every", "1000ep"),
                Map.entry("checkpoint.every", "1000ep"));
        List<String> words = new ArrayList<>();
        keys.forEach((key, value) -> words.addAll(List.of("--set", key + "=" + value)));
        return words;
    }

    /** Calls the script that started this process; what it says goes to {@code log}. */
    void squadron(List<String> command, List<String> settings, Path log) throws IOException {
        List<String> words = new ArrayList<>(List.of(home.resolve("squadron").toString()));
        words.addAll(command);
        words.addAll(settings);
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int exitCode = await(process);
        if (exitCode != 0) {
            String said = Files.readString(log);
            throw Failure.resources(
                    "Cannot bench: %s ended with %d (expected 0). It said: %s",
                    words, exitCode, said.substring(Math.max(0, said.length() - LAST_WORDS)));
        }
    }

    private static int await(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            Thread.currentThread().interrupt();
            throw Failure.resources("Cannot wait for a run of the bench: interrupted")
                    .causedBy(e);
        }
    }
}
