package io.squadron.jobs.compose;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A command of the user's that is told how a night ended, by variables of its environment. Whatever it does, the night is as it
 * is.
 *
 * @param command word by word; empty: none
 * @param deadline after which it is ended
 */
record Notification(List<String> command, Duration deadline) {
    Notification {
        command = List.copyOf(command);
    }

    /** Runs it to its end; returns what went wrong, if anything did. */
    Optional<String> send(Map<String, String> variables) {
        if (command.isEmpty()) {
            return Optional.empty();
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(variables);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return result(process);
        } catch (IOException e) {
            return Optional.of("it could not be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the job was interrupted while it ran");
        }
    }

    private Optional<String> result(Process process) throws InterruptedException {
        if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            return Optional.of("it was ended after " + deadline.toMillis() + " ms (retrain.notification-deadline)");
        }
        return process.exitValue() == 0 ? Optional.empty() : Optional.of("exit code " + process.exitValue());
    }
}
