package io.squadron.jobs;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;

/** Where every job begins: {@code spark-submit --class io.squadron.jobs.Main squadron.jar COMMAND}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
        PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
        System.exit(run(new ComposedJobs(System.out, System.err), out, err, arguments));
    }

    /** Runs one command line and returns its exit code. */
    static int run(Jobs jobs, PrintWriter out, PrintWriter err, String... arguments) {
        try {
            return commandLine(jobs).setOut(out).setErr(err).execute(arguments);
        } catch (Error e) { // picocli hands on exceptions alone
            return Errors.report(e, err, Errors.Verbosity.MESSAGE);
        }
    }

    static CommandLine commandLine(Jobs jobs) {
        Errors errors = new Errors();
        return new CommandLine(new Squadron())
                .addSubcommand(new QuickstartCommand(jobs))
                .addSubcommand(new PrepareCommand(jobs))
                .addSubcommand(new TrainCommand(jobs))
                .addSubcommand(new EvaluateCommand(jobs))
                .addSubcommand(new ImportCommand(jobs))
                .addSubcommand(new LrFindCommand(jobs))
                .addSubcommand(new SweepCommand(jobs))
                .addSubcommand(new ReproduceCommand(jobs))
                .addSubcommand(new DiagnoseCommand(jobs))
                .addSubcommand(new PredictCommand(jobs))
                .addSubcommand(new RetrainCommand(jobs))
                .addSubcommand(new RollbackCommand(jobs))
                .addSubcommand(new RegistryCommand(jobs))
                .addSubcommand(new ExportCommand(jobs))
                .addSubcommand(RunsCommand.of(jobs))
                .addSubcommand(new StopCommand(jobs))
                .addSubcommand(new InspectCommand(jobs))
                .addSubcommand(new DoctorCommand(jobs))
                .addSubcommand(new PreviewCommand(jobs))
                .addSubcommand(new SynthesizeCommand(jobs))
                .addSubcommand(new CommandLine(new BenchCommand())
                        .addSubcommand(new BenchStepCommand(jobs))
                        .addSubcommand(new BenchSyncCommand(jobs))
                        .addSubcommand(new BenchInputCommand(jobs)))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(110)
                .setExecutionExceptionHandler(errors)
                .setParameterExceptionHandler(errors);
    }
}
