package io.squadron.jobs;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Parses {@code stop}. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        versionProvider = Squadron.Version.class,
        description = "Asks a run to leave: it finishes its round, saves a checkpoint and ends with exit code 8.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  squadron stop hdfs:///runs/birds"})
final class StopCommand implements Runnable {
    private final Jobs jobs;

    @Parameters(paramLabel = "RUN", description = "URI of the run.")
    private String run;

    StopCommand(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void run() {
        jobs.runs(new Jobs.Runs.Stopping(run));
    }
}
