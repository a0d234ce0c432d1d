package io.squadron.jobs;

import io.squadron.failure.Failure;
import io.squadron.jobs.config.JobConfig;
import io.squadron.jobs.doctor.Diagnosis;
import io.squadron.jobs.doctor.Machine;
import io.squadron.jobs.doctor.Verdict;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Parses {@code doctor}. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        versionProvider = Squadron.Version.class,
        description =
                "Checks Java, native libraries, CPU, slots, memory, Spark and storage, and says how to mend each.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  squadron doctor", "  squadron doctor --run hdfs:///runs/birds --set training.replicas=8"})
final class DoctorCommand implements Callable<Integer> {
    private final Jobs jobs;

    @Option(names = "--run", paramLabel = "URI", description = "The run directory whose file system is tried (run).")
    @SuppressWarnings("UnusedVariable") // read through its option: it is short for a key
    private String run;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Configured configured;

    DoctorCommand(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public Integer call() {
        JobConfig config = configured.load(Map.of("--run", "run"));
        Diagnosis diagnosis = Diagnosis.of(Machine.checks(config, jobs.storageProbe()));
        PrintWriter out = spec.commandLine().getOut();
        out.print(diagnosis.table());
        out.flush();
        return diagnosis.count(Verdict.FAIL) == 0 ? ExitCodes.OK : Failure.Kind.RESOURCES.exitCode();
    }
}
