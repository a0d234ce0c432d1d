package io.squadron.jobs.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals of the system that Java has no method for. */
final class Signals {
    private Signals() {}

    /** Stops {@code process} in the middle of whatever it does, until it is killed or {@link #goOn}. */
    static void stop(ProcessHandle process) {
        send("STOP", process);
    }

    static void goOn(ProcessHandle process) {
        send("CONT", process);
    }

    private static void send(String signal, ProcessHandle process) {
        try {
            int code = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("Cannot send %s to %s: kill says %d".formatted(signal, process, code));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
