package io.squadron.jobs.doctor;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Whether a run can be saved: writes, renames, reads and deletes beside the run directory, which it leaves alone.
 *
 * @param run URI of the run directory; empty where none is configured
 * @param suffix makes the probe's names unlike any other's
 */
record StorageCheck(StorageProbe probe, String run, String suffix) implements Check {
    private static final String NAME = "run storage";

    @Override
    public Finding examine() {
        if (run.isEmpty()) {
            return Finding.warn(NAME, "no run directory given", "Name one to check it: doctor --run URI");
        }
        String directory = run.replaceFirst("/+$", "") + ".probe-" + suffix;
        Finding tried = tried(directory);
        return tried.verdict() == Verdict.OK
                ? step("delete", () -> probe.delete(directory))
                : cleaned(tried, directory);
    }

    private Finding tried(String directory) {
        byte[] content = "squadron".getBytes(StandardCharsets.UTF_8);
        String from = directory + "/written";
        String to = directory + "/renamed";
        Finding written = step("write", () -> probe.write(from, content));
        if (written.verdict() != Verdict.OK) {
            return written;
        }
        Finding renamed = step("rename", () -> probe.rename(from, to));
        return renamed.verdict() == Verdict.OK ? step("read back", () -> compare(to, content)) : renamed;
    }

    private void compare(String uri, byte[] content) {
        byte[] back = probe.read(uri);
        if (!Arrays.equals(back, content)) {
            throw new IllegalStateException(
                    "%d bytes came back, not the %d written".formatted(back.length, content.length));
        }
    }

    private Finding step(String verb, Runnable action) {
        try {
            action.run();
            return Finding.ok(NAME, run + ": write, rename, read, delete");
        } catch (RuntimeException | LinkageError e) {
            return Finding.fail(
                    NAME,
                    "cannot %s beside %s: %s".formatted(verb, run, e.getMessage()),
                    "Check that it exists, its rights and quota, and core-site.xml; or choose another --run");
        }
    }

    /** The first failure is the finding; what remains of the probe is named if it cannot be cleared away. */
    private Finding cleaned(Finding first, String directory) {
        Finding deleted = step("delete", () -> probe.delete(directory));
        return deleted.verdict() == Verdict.OK
                ? first
                : Finding.fail(NAME, first.found(), first.remedy() + ". Delete " + directory + " by hand");
    }
}
