package io.squadron.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What stands before the name of a command: the general help and the version. */
@Command(
        name = "squadron",
        mixinStandardHelpOptions = true,
        versionProvider = Squadron.Version.class,
        description = "Fine-tunes image models on Apache Spark, from the JVM alone.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a bug of Squadron",
            "2:usage: the command line or the configuration asks for something impossible",
            "3:data: images or dataset are missing, damaged or unfit",
            "4:state: a checkpoint, model or run directory is missing, damaged or of another run",
            "5:resources: slots, memory, disk, a library or a right is lacking",
            "6:replica: a replica was lost or did not answer in time",
            "7:numeric: the numbers broke (NaN, infinity, replicas that differ)",
            "8:stopped: the run left as it was asked to (stop); train --resume goes on",
            "10:retrain: nothing is new",
            "11:retrain: the new model was rejected",
            "12:retrain: another process is at work in the registry"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  squadron doctor",
            "  squadron prepare --from images --out dataset",
            "  squadron train --dataset dataset --run runs/first",
            "  squadron evaluate --run runs/first --dataset dataset --split test"
        })
final class Squadron implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "A command is missing (expected one of " + spec.subcommands().keySet() + ")");
    }

    /** The version that Maven wrote into the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            Properties properties = new Properties();
            try (InputStream stream = Squadron.class.getResourceAsStream("version.properties")) {
                properties.load(stream);
            }
            return new String[] {"squadron " + properties.getProperty("version")};
        }
    }
}
