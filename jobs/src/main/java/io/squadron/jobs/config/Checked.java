package io.squadron.jobs.config;

/** A section of the configuration that knows which of its values fit together. */
interface Checked {
    /** Reports every value that does not fit; keys are relative to this section. */
    void check(Checks checks);
}
