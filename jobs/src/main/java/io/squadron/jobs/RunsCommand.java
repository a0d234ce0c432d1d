package io.squadron.jobs;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Parses {@code runs}, and holds what stands behind it. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        versionProvider = Squadron.Version.class,
        description = "Says what became of runs: list, show, compare, export.",
        synopsisSubcommandLabel = "WHAT",
        footerHeading = "%nExamples:%n",
        footer = {
            "  squadron runs list hdfs:///runs",
            "  squadron runs show hdfs:///runs/birds",
            "  squadron runs compare runs/first runs/second --out comparison.html",
            "  squadron runs export runs/first --format parquet --out first.parquet"
        })
final class RunsCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "What is wanted of the runs is missing (expected one of "
                        + spec.subcommands().keySet() + ")");
    }

    /** Itself and what stands behind it. */
    static CommandLine of(Jobs jobs) {
        return new CommandLine(new RunsCommand())
                .addSubcommand(new ListRuns(jobs))
                .addSubcommand(new ShowRun(jobs))
                .addSubcommand(new CompareRuns(jobs))
                .addSubcommand(new ExportRun(jobs));
    }

    /** Parses {@code runs list}. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "A line for each run below a directory.")
    static final class ListRuns implements Runnable {
        private final Jobs jobs;

        @Parameters(
                paramLabel = "DIR",
                description = "URI of a directory of runs; runs one level deeper are found, too.")
        private String directory;

        ListRuns(Jobs jobs) {
            this.jobs = jobs;
        }

        @Override
        public void run() {
            jobs.runs(new Jobs.Runs.Listing(directory));
        }
    }

    /** Parses {@code runs show}. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "One run: state, configuration, history, checkpoints, provenance.")
    static final class ShowRun implements Runnable {
        private final Jobs jobs;

        @Parameters(paramLabel = "RUN", description = "URI of the run.")
        private String run;

        ShowRun(Jobs jobs) {
            this.jobs = jobs;
        }

        @Override
        public void run() {
            jobs.runs(new Jobs.Runs.Showing(run));
        }
    }

    /** Parses {@code runs compare}. */
    @Command(
            name = "compare",
            mixinStandardHelpOptions = true,
            description = "Runs side by side: what differs in their configuration, and what came of it.")
    static final class CompareRuns implements Runnable {
        private final Jobs jobs;

        @Parameters(paramLabel = "RUN", arity = "2..*", description = "URIs of the runs.")
        private List<String> runs;

        @Option(names = "--out", paramLabel = "URI", description = "Writes a page with their curves, too.")
        private String out;

        CompareRuns(Jobs jobs) {
            this.jobs = jobs;
        }

        @Override
        public void run() {
            jobs.runs(new Jobs.Runs.Comparing(runs, Optional.ofNullable(out)));
        }
    }

    /** Parses {@code runs export}. */
    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Writes the history as a table: a row for each round.")
    static final class ExportRun implements Runnable {
        private final Jobs jobs;

        @Parameters(paramLabel = "RUN", description = "URI of the run.")
        private String run;

        @Option(
                names = "--format",
                required = true,
                paramLabel = "NAME",
                description = "One of ${COMPLETION-CANDIDATES}, in small letters too.")
        private Jobs.Runs.Format format;

        @Option(
                names = "--out",
                required = true,
                paramLabel = "URI",
                description = "The file (csv) or directory (parquet); what is there is replaced.")
        private String out;

        ExportRun(Jobs jobs) {
            this.jobs = jobs;
        }

        @Override
        public void run() {
            jobs.runs(new Jobs.Runs.Exporting(run, format, out));
        }
    }
}
