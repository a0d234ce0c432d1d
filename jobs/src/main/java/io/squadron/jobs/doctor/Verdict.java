package io.squadron.jobs.doctor;

/** How bad a finding is. */
public enum Verdict {
    OK,
    /** Jobs run, but slower or less safely than they could. */
    WARN,
    /** Some job will not run. */
    FAIL
}
