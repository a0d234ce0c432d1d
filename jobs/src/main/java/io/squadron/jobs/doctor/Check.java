package io.squadron.jobs.doctor;

/** One question to the machine. Never throws: what goes wrong while asking is the finding. */
@FunctionalInterface
public interface Check {
    Finding examine();
}
