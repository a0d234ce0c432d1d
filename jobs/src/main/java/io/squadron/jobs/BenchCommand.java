package io.squadron.jobs;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What stands before the name of a bench. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        versionProvider = Squadron.Version.class,
        description = "Measures the engines and the input on this machine.",
        synopsisSubcommandLabel = "WHAT",
        footerHeading = "%nExamples:%n",
        footer = {
            "  squadron bench step --architecture resnet50 --batch 16 --size 224 --threads 2",
            "  squadron bench sync --architecture resnet50 --batch 16",
            "  squadron bench input --folder /tmp/input"
        })
final class BenchCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "What is to be measured is missing (expected one of "
                        + spec.subcommands().keySet() + ")");
    }
}
