package io.squadron.jobs;

import io.squadron.failure.Failure;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;

/** Says on standard error what went wrong: a failure in one message, a bug with all that helps to find it. */
final class Errors implements CommandLine.IExecutionExceptionHandler, CommandLine.IParameterExceptionHandler {
    @Override
    public int handleExecutionException(
            Exception thrown, CommandLine command, CommandLine.ParseResult fullParseResult) {
        return report(thrown, command.getErr(), verbosity(command));
    }

    /** A command line that cannot be parsed. */
    @Override
    public int handleParseException(CommandLine.ParameterException thrown, String[] arguments) {
        CommandLine command = thrown.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(thrown.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(thrown, err)) {
            err.println("See " + command.getCommandSpec().qualifiedName() + " --help.");
        }
        err.flush();
        return Failure.Kind.USAGE.exitCode();
    }

    /** How much is told of a failure. */
    enum Verbosity {
        MESSAGE,
        STACK_TRACE
    }

    static int report(Throwable thrown, PrintWriter err, Verbosity verbosity) {
        Optional<Failure> failure = ExitCodes.failure(thrown);
        if (failure.isPresent()) {
            err.println(failure.get().getMessage());
        } else {
            err.println("This is a bug of Squadron, not of what you did. Please report it with what follows.");
        }
        if (failure.isEmpty() || verbosity == Verbosity.STACK_TRACE) {
            thrown.printStackTrace(err);
        }
        err.flush();
        return ExitCodes.of(thrown);
    }

    private static Verbosity verbosity(CommandLine command) {
        CommandLine.Model.OptionSpec verbose = command.getCommandSpec().findOption("--verbose");
        return verbose != null && Boolean.TRUE.equals(verbose.getValue()) ? Verbosity.STACK_TRACE : Verbosity.MESSAGE;
    }
}
